/// What is wrong with a text, where, and what to do about it.
package struct LocatedError: Error, Hashable, Sendable {
  package var place: SourceLocation
  /// What is wrong.
  package var problem: String
  /// What to do; nil where the problem says it.
  package var remedy: String?

  package init(_ problem: String, remedy: String? = nil, at place: SourceLocation) {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  /// An error of a whole file, or of one place in it.
  package init(_ problem: String, file: String, line: Int = 1, column: Int = 1) {
    self.init(problem, at: SourceLocation(file: file, line: line, column: column))
  }

  /// Problem and remedy, without the place.
  package var message: String { remedy.map { "\(problem); \($0)" } ?? problem }
}

extension LocatedError: CustomStringConvertible {
  package var description: String { "\(place): \(message)" }
}
