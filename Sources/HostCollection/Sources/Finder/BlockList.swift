internal import HostModel
internal import SystemIO

/// What lsmem prints, as a table or as JSON: all that is known of a host.
struct BlockList {
  private let text: String

  /// Nil where it is something else, or lacks states, zones or block numbers.
  init?(_ bytes: [UInt8]) {
    guard bytes.prefix(4096).has("RANGE") || bytes.prefix(4096).has("\"range\"") else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard LsmemOutput.parse(text) != nil else { return nil }
    self.text = text
  }

  /// A source that has the blocks and nothing else.
  func source(path: String) -> any HostSource {
    DumpSubstitutes.completing(LsmemFile(path: path, bytes: Array(text.utf8)))
  }
}

/// The output of one command, where dumps keep it.
private struct LsmemFile: HostSource {
  let description: SourceDescription
  private let bytes: [UInt8]
  private static let folder = "/sos_commands/memory"

  init(path: String, bytes: [UInt8]) {
    self.bytes = bytes
    description = SourceDescription(kind: .directory, path: path)
  }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    guard path == Self.folder + "/lsmem" else { throw .missing }
    buffer.removeAll(keepingCapacity: true)
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    buffer += bytes
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    guard directory == Self.folder else { throw .missing }
    return ["lsmem"]
  }

  func displayPath(_ path: String) -> String { description.path }
}
