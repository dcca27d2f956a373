internal import HostCollection
package import SystemIO

/// A text file that findings point into: its lines by number.
package struct FileLines: Sendable {
  package let path: String
  package let bytes: [UInt8]
  private let starts: [Int]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    self.starts = starts
  }

  /// The largest file that is read for its lines.
  package static let largest = 16 << 20

  package static func read(_ path: String) throws(ReadFailure) -> FileLines {
    FileLines(path: path, bytes: try UserFile.bytes(path, limit: largest))
  }

  /// A line without its break, nil where there is none of that number.
  package func text(_ line: Int) -> String? {
    guard line >= 1, line <= starts.count else { return nil }
    let start = starts[line - 1]
    let end = line < starts.count ? starts[line] - 1 : bytes.count
    guard start <= end else { return nil }
    var part = bytes[start..<end]
    if line == 1, part.starts(with: [0xEF, 0xBB, 0xBF]) { part = part.dropFirst(3) }
    if part.last == 0x0D { part = part.dropLast() }
    return String(decoding: part, as: UTF8.self)
  }
}
