internal import Advice
internal import ArgumentParser
internal import Profiles

/// What is asked to grow, and until when.
struct GrowthOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What if a term grew by this factor? all is every term that can be measured; a term that is "
        + "named beside it keeps its own factor. Repeatable.",
      valueName: "term=2x"
    ),
    transform: ArgumentValue.termGrowth
  )
  var grow: [TermGrowth] = []

  @Option(
    help: ArgumentHelp("What if one looked so far ahead?", valueName: "days"),
    transform: ArgumentValue.days
  )
  var horizon: Int?

  /// The same as a what-if.
  var whatIf: WhatIf {
    var whatIf = WhatIf()
    for growth in grow {
      switch growth {
      case .all(let percent): whatIf.growthOfAll = percent
      case .term(let term, let percent): whatIf.growth.append((term, percent))
      }
    }
    whatIf.horizonDays = horizon
    return whatIf
  }
}

/// What is asked to grow: `page-tables=2x`, or `all=2x`.
enum TermGrowth: Sendable {
  case all(percent: UInt64)
  case term(TermID, percent: UInt64)
}
