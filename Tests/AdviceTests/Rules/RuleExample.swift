internal import Testing

/// Hosts of `RuleFixture` that show a rule's risk, and some that don't.
struct RuleExample: Sendable, CustomTestStringConvertible {
  var code: String
  var shownBy: [String]
  var absentFrom: [String]
  /// Why hosts that show it are edited copies of what a kernel said; empty where none is.
  var unbooted: String

  init(_ code: String, on shownBy: [String], notOn absentFrom: [String], unbooted: String = "") {
    self.code = code
    self.shownBy = shownBy
    self.absentFrom = absentFrom
    self.unbooted = unbooted
  }

  var testDescription: String { code }

  /// Whether a host is a root as a booted kernel left it: those are named after its release.
  static func isRecorded(_ name: String) -> Bool { name.first?.isNumber == true }

  /// In the order of the codes.
  static let all: [RuleExample] =
    (zones + devices + commandLine + pinning + inputs).sorted { $0.code < $1.code }
}
