/// A string in quotes, what it says, and where each byte of that stands.
package struct QuotedItem: Sendable {
  /// Of the opening quote.
  package let start: Int
  /// Of the closing quote.
  package var end: Int
  package private(set) var text: [UInt8] = []
  package private(set) var offsets: [Int] = []

  package init(start: Int) {
    self.start = start
    end = start
  }

  package mutating func append(_ bytes: [UInt8], at offset: Int) {
    text += bytes
    offsets += Array(repeating: offset, count: bytes.count)
  }

  /// With its quotes.
  package var range: Range<Int> { start..<(end + 1) }
}
