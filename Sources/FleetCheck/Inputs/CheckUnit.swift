internal import Capacity

/// A piece of a check that can be worked on by itself, in any thread.
package struct CheckUnit: Sendable {
  /// The file that it is from, with what comments in it say.
  package let file: CheckedFile
  /// Gives the results in the order of the file.
  package let work: @Sendable () -> [CheckResult]
}

/// A file of a check.
package struct CheckedFile: Sendable {
  /// Counted in the order of the input.
  package let number: Int
  package let path: String
  package let policy: CheckPolicy
  package let settings: CheckPolicy.Settings
  package let suppressions: InlineSuppressions
  /// For the lines of suppressions; nil where the file is no text.
  let lines: FileLines?
  /// Whether it holds kernel arguments alone: a class may name it as its command line.
  var isConfig = false
}
