internal import Reports
internal import SourceText
internal import SystemIO

/// A report's file, of which pieces are read as they are asked for.
struct ReportFile: ReportBytes {
  private let path: String
  private let file: RandomAccessFile

  init(_ path: String) throws(LocatedError) {
    self.path = path
    do throws(ReadFailure) { file = try RandomAccessFile(path) } catch {
      throw LocatedError("\(error)", file: path)
    }
  }

  var count: Int { file.size }

  func bytes(in range: Range<Int>) throws(LocatedError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(ReadFailure) { bytes = try file.bytes(in: range) } catch {
      throw LocatedError("\(error)", file: path)
    }
    guard bytes.count == range.count else {
      throw LocatedError("it became shorter while it was read: compare it again", file: path)
    }
    return bytes
  }
}
