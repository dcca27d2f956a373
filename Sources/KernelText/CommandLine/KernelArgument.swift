/// One word of a kernel command line as the kernel's parser sees it.
package struct KernelArgument: Hashable, Sendable {
  /// Up to the first `=`, without quotes.
  package var name: String
  /// Behind the first `=`, without quotes; nil where there is no `=`.
  package var value: String?
  /// The whole word in the line, in bytes, quotes included.
  package var range: Range<Int>
  /// Where the word begins in the line, counted as `SourceLocation` counts: from 1, in Unicode scalars.
  package var column: Int
  /// The value in the line, in bytes, without its quotes.
  package var valueRange: Range<Int>?

  package init(
    name: String,
    value: String?,
    range: Range<Int>,
    column: Int,
    valueRange: Range<Int>? = nil
  ) {
    self.name = name
    self.value = value
    self.range = range
    self.column = column
    self.valueRange = valueRange
  }

  /// The name with `_` for every `-`: the kernel takes the two for equal (`dash2underscore`).
  package var normalizedName: String {
    guard name.utf8.contains(UInt8(ascii: "-")) else { return name }
    return String(decoding: name.utf8.map { $0 == 0x2D ? 0x5F : $0 }, as: UTF8.self)
  }

  /// The word as it can be written again: quoted where its value has blanks.
  package var text: String {
    guard let value else { return name.contains(" ") ? "\"\(name)\"" : name }
    return value.contains(" ") || value.contains("\t") ? "\(name)=\"\(value)\"" : "\(name)=\(value)"
  }
}
