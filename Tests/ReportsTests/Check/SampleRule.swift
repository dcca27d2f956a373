import Advice
import Testing

/// A rule that says what a test wants it to, under the code of a real one.
protocol SampleRule: Rule where Detail == SampleDetail {}

struct SampleDetail: FindingDetail {
  var severity: Finding.Severity
  var words: FindingText
  var remedy: Remedy
  var amounts: FindingAmounts { [:] }
}

extension SampleRule {
  static func severity(of detail: SampleDetail) -> Finding.Severity { detail.severity }
  static func words(for detail: SampleDetail) -> FindingText { detail.words }
  static func remedy(for detail: SampleDetail) -> Remedy { detail.remedy }
}

enum SampleRules {
  enum Ratio: SampleRule { static let about = RatioOverLimit.about }
  enum Gigantic: SampleRule { static let about = described("ZW104") }
  enum Misread: SampleRule { static let about = ArgumentMisread.about }
  enum WithoutEffect: SampleRule { static let about = ArgumentWithoutEffect.about }
  /// One that no list has.
  enum Foreign: SampleRule {
    static let about: RuleDescription = {
      var about = ArgumentMisread.about
      about.code = "ZW999"
      about.slug = "foreign"
      return about
    }()
  }

  private static func described(_ code: String) -> RuleDescription {
    RuleRegistry.find(code) ?? ArgumentMisread.about
  }

  /// A finding of the rule with that code.
  static func finding(
    _ code: String,
    _ severity: Finding.Severity,
    _ words: FindingText,
    _ remedy: Remedy,
    evidence: [Evidence]
  ) throws -> Finding {
    let rules: [any SampleRule.Type] = [
      Ratio.self, Gigantic.self, Misread.self, WithoutEffect.self, Foreign.self,
    ]
    let rule = try #require(rules.first { $0.about.code == code })
    return rule.finding(
      SampleDetail(severity: severity, words: words, remedy: remedy),
      evidence: evidence
    )
  }
}
