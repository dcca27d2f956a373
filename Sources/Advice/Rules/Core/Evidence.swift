package import HostModel

/// What was read, and where.
package struct Evidence: Hashable, Sendable, CustomStringConvertible {
  /// A file, or what stands for it: `/proc/zoneinfo`, `meminfo`, `the layout`.
  package var input: String
  /// A line or key in it.
  package var field: String?
  /// What stood there; nil where it is enough that it was there.
  package var value: String?

  package init(_ input: String, _ field: String? = nil, _ value: String? = nil) {
    self.input = input
    self.field = field
    self.value = value
  }

  package init(_ input: String, _ field: String? = nil, _ size: ByteCount?) {
    self.init(input, field, size?.text ?? "unknown")
  }

  /// `meminfo Buffers: 1.00 GiB`.
  package var description: String {
    input + (field.map { " \($0)" } ?? "") + (value.map { ": \($0)" } ?? "")
  }
}
