package import HostModel

/// One line of a file of snapshots, not read yet: that may be done anywhere, by any thread.
package struct SnapshotLine: Sendable {
  package let file: String
  /// From 1.
  package let number: Int
  package let bytes: [UInt8]

  package func snapshot() throws(CollectionError) -> HostSnapshot {
    do throws(JSONError) {
      var snapshot = try SnapshotReader.read(bytes, file: file, firstLine: number)
      snapshot.source = SourceDescription(kind: .snapshot, path: file)
      return snapshot
    } catch {
      throw .snapshot(error)
    }
  }
}

/// The lines of a file or stream of snapshots.
///
/// Only one line is held at a time, however long the stream is.
package struct SnapshotLines: ~Copyable {
  /// Longer than the snapshot of any host: one with a thousand CPUs on eight nodes takes 2 MiB.
  package static let lineLimit = 64 << 20

  private let file: String
  private let reader: ChunkReader
  private var chunk: [UInt8] = []
  /// Where the part of `chunk` begins that was not used yet.
  private var start = 0
  private var isAtEnd = false
  /// Number of the line that was returned last, from 1.
  package private(set) var line = 0

  /// Opens a file; `-` is standard input.
  package init(path: String) throws(CollectionError) {
    file = path == "-" ? "standard input" : path
    do throws(ReadFailure) { reader = try ChunkReader(path) } catch {
      throw error == .missing ? .sourceMissing(path) : .unreadable(path: path, error)
    }
  }

  /// Goes on where somebody has looked at the first piece.
  package init(_ reader: consuming ChunkReader, behind chunk: [UInt8], file: String) {
    self.file = file
    self.reader = reader
    self.chunk = chunk
  }

  /// The next line that is not blank; nil at the end. After an error the next call goes on with the
  /// next line.
  package mutating func next() throws(CollectionError) -> SnapshotLine? {
    while let bytes = try nextLine() {
      guard bytes.contains(where: { $0 > 0x20 }) else { continue }
      return SnapshotLine(file: file, number: line, bytes: bytes)
    }
    return nil
  }

  private mutating func nextLine() throws(CollectionError) -> [UInt8]? {
    var text: [UInt8] = []
    var isTooLong = false
    while true {
      if start == chunk.count {
        guard !isAtEnd, try fill() else {
          guard !text.isEmpty else { return nil }
          line += 1
          return text
        }
      }
      let end = chunk[start...].firstIndex(of: 0x0A)
      if !isTooLong { text += chunk[start..<(end ?? chunk.count)] }
      start = end.map { $0 + 1 } ?? chunk.count
      if text.count > Self.lineLimit {
        isTooLong = true
        text.removeAll()
      }
      guard end != nil else { continue }
      line += 1
      guard !isTooLong else {
        let why = "longer than \(Self.lineLimit >> 20) MiB, which no host's snapshot is"
        throw .snapshot(JSONError(why, file: file, line: line, column: 1))
      }
      return text
    }
  }

  private mutating func fill() throws(CollectionError) -> Bool {
    start = 0
    do throws(ReadFailure) {
      isAtEnd = !(try reader.next(into: &chunk))
      return !isAtEnd
    } catch {
      throw .unreadable(path: file, error)
    }
  }
}

/// A file or stream of snapshots, one JSON line each.
package struct SnapshotStream: ~Copyable {
  package static let lineLimit = SnapshotLines.lineLimit

  private var lines: SnapshotLines

  /// Number of the line that was returned last, from 1.
  package var line: Int { lines.line }

  /// Opens a file; `-` is standard input.
  package init(path: String) throws(CollectionError) { lines = try SnapshotLines(path: path) }

  /// The next host; nil at the end. After an error the next call goes on with the next line.
  package mutating func next() throws(CollectionError) -> HostSnapshot? {
    guard let line = try lines.next() else { return nil }
    return try line.snapshot()
  }
}

/// A file with the snapshot of one host.
enum SnapshotFile {
  /// The one snapshot in a text; several are refused, for one source is one host.
  static func only(
    in bytes: [UInt8],
    path: String,
    name: String
  ) throws(CollectionError) -> HostSnapshot {
    let lines = bytes.split(separator: 0x0A).filter { $0.contains { $0 > 0x20 } }
    if lines.count > 1, lines.allSatisfy({ $0.first == UInt8(ascii: "{") && $0.count > 2 }) {
      let what = "snapshots of \(lines.count) hosts; give the line of one host"
      throw .otherKind(path: name, what: what)
    }
    do throws(JSONError) {
      var snapshot = try SnapshotReader.read(bytes, file: name)
      snapshot.source = SourceDescription(kind: .snapshot, path: path)
      return snapshot
    } catch {
      throw .snapshot(error)
    }
  }
}
