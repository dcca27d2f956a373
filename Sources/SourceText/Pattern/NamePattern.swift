/// A regular expression for names, in the common part of what POSIX and Perl write.
///
/// It is matched in time that grows with the product of its length and the name's, whatever either of
/// them is: it never goes back. Literals, `.`, `[a-z]`, `[^a-z]`, `\d` `\w` `\s` and their capitals,
/// `^` and `$`, `(…)`, `(?:…)`, `|`, and `*` `+` `?` `{2}` `{2,}` `{2,5}`, each with `?` behind it for
/// as few as will do.
package struct NamePattern: Hashable, Sendable {
  /// Why a text is no pattern.
  package struct Mistake: Error, Hashable, Sendable {
    /// Where, counted in characters from 1.
    package var column: Int
    package var problem: String

    package init(column: Int, problem: String) {
      self.column = column
      self.problem = problem
    }
  }

  enum Instruction: Hashable, Sendable {
    case scalar(ScalarSet)
    /// The first is tried first.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    case start
    case end
    case match
  }

  /// As it was written.
  package let text: String
  private let program: [Instruction]

  package init(_ text: String) throws(Mistake) {
    self.text = text
    program = try NamePatternParser.program(text)
  }

  /// What of a name the first group matches, or the whole pattern where it has no group or the group
  /// took no part; nil where it does not match anywhere.
  package func first(in name: String) -> String? {
    let scalars = Array(name.unicodeScalars)
    guard let found = NamePatternRun(program, scalars).found() else { return nil }
    let range = found.group ?? found.whole
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }
}

/// Scalars that a place in a pattern takes.
struct ScalarSet: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false

  init(_ ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } != isNegated
  }

  static let digits = ScalarSet([0x30...0x39])
  static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let blank = ScalarSet([0x09...0x0D, 0x20...0x20])

  var negated: ScalarSet { ScalarSet(ranges, isNegated: !isNegated) }
}
