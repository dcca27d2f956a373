internal import Glibc
internal import HostModel
internal import SourceText

/// A file or stream of bundles, one JSON line each.
///
/// Only one line is held at a time, however long the stream is.
package struct BundleStream: ~Copyable {
  /// Longer than the bundle of any host: one with a thousand CPUs on eight nodes takes 5 MiB.
  package static let lineLimit = 64 << 20

  private let file: String
  private let input: SourceInput
  private var chunk: [UInt8]
  /// Where the part of `chunk` begins that was not used yet.
  private var start = 0
  private var isAtEnd = false
  /// Number of the line that was returned last, from 1.
  package private(set) var line = 0

  /// Opens a file; `-` is standard input.
  package init(path: String) throws(CollectionError) { self.init(try SourceInput(path: path)) }

  /// Goes on behind what was read to find out what the input is.
  package init(_ input: SourceInput) {
    self.input = input
    file = input.name
    chunk = input.head
  }

  /// The next line that is not blank, unread; nil at the end. After an error the next call goes on
  /// with the next line.
  package mutating func nextLine() throws(CollectionError) -> BundleLine? {
    while let bytes = try text() {
      guard bytes.contains(where: { $0 > 0x20 }) else { continue }
      return BundleLine(bytes: bytes, file: file, number: line)
    }
    return nil
  }

  private mutating func text() throws(CollectionError) -> [UInt8]? {
    var text: [UInt8] = []
    var isTooLong = false
    while true {
      if start == chunk.count {
        guard !isAtEnd, try fill() else {
          guard isTooLong || !text.isEmpty else { return nil }
          return try ended(text, isTooLong)
        }
      }
      let end = newline()
      if !isTooLong { text += chunk[start..<(end ?? chunk.count)] }
      start = end.map { $0 + 1 } ?? chunk.count
      if text.count > Self.lineLimit {
        isTooLong = true
        text.removeAll()
      }
      guard end != nil else { continue }
      return try ended(text, isTooLong)
    }
  }

  private mutating func ended(
    _ text: [UInt8],
    _ isTooLong: Bool
  ) throws(CollectionError) -> [UInt8] {
    line += 1
    guard isTooLong else { return text }
    let why = "longer than \(Self.lineLimit >> 20) MiB, which no host's bundle is"
    throw .bundle(LocatedError(why, file: file, line: line, column: 1))
  }

  /// The first newline that was not used yet.
  private func newline() -> Int? {
    unsafe chunk.withUnsafeBytes { buffer in
      // `start` is at most the count, so the search stays inside the buffer.
      guard let base = buffer.baseAddress, start < buffer.count,
        let found = unsafe memchr(base + start, 0x0A, buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  private mutating func fill() throws(CollectionError) -> Bool {
    start = 0
    isAtEnd = !(try input.next(into: &chunk))
    return !isAtEnd
  }
}
