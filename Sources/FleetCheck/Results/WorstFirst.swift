internal import Advice

extension Sequence {
  /// Worst first; of the same severity as they came.
  func worstFirst(_ severity: (Element) -> Finding.Severity) -> [Element] {
    enumerated().map { (severity: severity($0.element), offset: $0.offset, element: $0.element) }
      .sorted { ($1.severity, $0.offset) < ($0.severity, $1.offset) }
      .map(\.element)
  }
}
