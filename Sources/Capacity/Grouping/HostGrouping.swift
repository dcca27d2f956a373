package import SourceText

/// By what hosts are grouped: a label, or a part of their names.
package enum HostGrouping: Hashable, Sendable {
  case label(String)
  case pattern(NamePattern)

  /// Reads `rack`, or `/^([a-z]+)-/`: a pattern stands between slashes.
  package init(text: String) throws(NamePattern.Mistake) {
    guard text.hasPrefix("/") else {
      guard !text.isEmpty else { throw NamePattern.Mistake(column: 1, problem: "nothing is named") }
      self = .label(text)
      return
    }
    guard text.count > 1, text.hasSuffix("/") else {
      throw NamePattern.Mistake(
        column: text.unicodeScalars.count,
        problem: "a pattern ends with a slash: /^web-/"
      )
    }
    do throws(NamePattern.Mistake) {
      self = .pattern(try NamePattern(String(text.dropFirst().dropLast())))
    } catch {
      throw NamePattern.Mistake(column: error.column + 1, problem: error.problem)
    }
  }

  /// As it was written.
  package var text: String {
    switch self {
    case .label(let name): name
    case .pattern(let pattern): "/\(pattern.text)/"
    }
  }

  /// The label's place in a table; nil for a pattern, and for a label that the table lacks.
  package func label(in labels: HostLabels) -> Int? {
    guard case .label(let name) = self else { return nil }
    return labels.names.firstIndex(of: name)
  }
}
