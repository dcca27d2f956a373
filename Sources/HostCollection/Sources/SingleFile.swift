internal import HostModel
internal import SystemIO

/// One file that stands for a host: a copy of /proc/zoneinfo.
struct SingleFile: HostSource {
  let description: SourceDescription
  private let bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.bytes = bytes
    description = SourceDescription(kind: .directory, path: path)
  }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    guard path == HostInput.zoneinfo.path else { throw .missing }
    buffer.removeAll(keepingCapacity: true)
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    buffer += bytes
  }

  func displayPath(_ path: String) -> String { description.path }

  func names(in directory: String) throws(ReadFailure) -> [String] { throw .missing }
}
