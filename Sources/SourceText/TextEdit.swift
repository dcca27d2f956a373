/// A replacement of some bytes of a text.
package struct TextEdit: Hashable, Sendable {
  package var range: Range<Int>
  package var text: String

  package init(range: Range<Int>, text: String) {
    self.range = range
    self.text = text
  }

  /// Applies edits that don't overlap; several at one place keep their order.
  package static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.text.utf8.count })
    var position = 0
    let ordered = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
    }
    for (_, edit) in ordered {
      // An append behind a removed last word falls into what is removed; it follows it.
      result += bytes[position..<max(position, edit.range.lowerBound)]
      result += edit.text.utf8
      position = max(position, edit.range.upperBound)
    }
    return result + bytes[position...]
  }
}
