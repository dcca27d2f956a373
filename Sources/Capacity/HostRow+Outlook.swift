internal import Advice
internal import Forecast
internal import History
internal import HostModel

extension HostRow {
  /// Months until it is tight: 0 where it is now, whether a history tells so or not.
  package var monthsToTight: Double? { verdict >= .tight ? 0 : outlook?.months }

  /// Where it stands among others: tight now, then what comes first, then what nobody knows, then what
  /// is not expected.
  package var tightOrder: Double {
    if verdict >= .tight { return -.infinity }
    // Behind every date, and in front of what `Crossing.order` has for not expected.
    return outlook?.tight?.order ?? 5e14
  }

  /// A host of which there is a history, and nothing else: what only a capture tells is not known.
  package init(source: String, history outlook: HostOutlook) {
    self.init(source: source, failure: "")
    failure = nil
    name = outlook.host
    self.outlook = outlook
    profile = outlook.profile
    kernel = outlook.kernel ?? .zero
    movable = outlook.movable ?? .zero
    total = kernel + movable
    headroom = outlook.headroom
    verdict = outlook.verdict
    reason =
      "there is no capture of it: its history tells when it gets tight, not which arguments it needs"
    unknownInputs = 1
    nodes = outlook.nodes
    isHistoryOnly = true
  }
}
