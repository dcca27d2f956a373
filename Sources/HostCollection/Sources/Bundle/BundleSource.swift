package import HostModel
internal import SourceText
package import SystemIO

/// A host's files out of one JSON text, as `zonewise capture -o host.json` writes them: the kernel's
/// own texts by their paths, so that they are read and checked as those of a directory are.
package struct BundleSource: HostSource {
  /// A path of the host.
  struct Entry {
    enum Node {
      /// Where the contents lie in the buffer.
      case file(Range<Int>)
      case directory
      /// It was there and could not be read.
      case failure(ReadFailure)
    }

    var path: String
    var node: Node
  }

  package let description: SourceDescription
  package let substitutes: [Substitute]
  package let taken: Int64?
  /// Where the bundle stands, for messages: `fleet.ndjson:7`.
  private let place: String
  /// All files' contents, one behind the other.
  private let contents: [UInt8]
  /// In the order of their paths; no path is there twice.
  private let entries: [Entry]

  /// Reads a bundle out of a text that holds nothing else.
  package init(
    _ bytes: [UInt8],
    path: String,
    name: String,
    line: Int = 1
  ) throws(CollectionError) {
    var reader = BundleReader(bytes, file: name, line: line)
    do throws(LocatedError) { try reader.read() } catch { throw .bundle(error) }
    description = SourceDescription(kind: .snapshot, path: path)
    substitutes = reader.substitutes
    taken = reader.taken
    place = "\(name):\(line)"
    contents = reader.contents
    entries = reader.sortedEntries
  }

  package func read(
    _ path: String,
    limit: Int,
    into buffer: inout [UInt8]
  ) throws(ReadFailure) {
    let index = firstIndex(notBefore: path)
    guard index < entries.count, entries[index].path == path else { throw .missing }
    switch entries[index].node {
    case .file(let range):
      guard range.count <= limit else { throw .tooLarge(limit: limit) }
      buffer.removeAll(keepingCapacity: true)
      buffer += contents[range]
    case .directory: throw .notAFile
    case .failure(let failure): throw failure
    }
  }

  package func names(in directory: String) throws(ReadFailure) -> [String] {
    let own = firstIndex(notBefore: directory)
    let isThere = own < entries.count && entries[own].path == directory
    if isThere, case .failure(let failure) = entries[own].node { throw failure }
    let prefix = directory + "/"
    var names: [String] = []
    var seen: Set<String> = []
    for entry in entries[firstIndex(notBefore: prefix)...] {
      guard entry.path.hasPrefix(prefix) else { break }
      let name = entry.path.utf8.dropFirst(prefix.utf8.count).prefix { $0 != UInt8(ascii: "/") }
      if names.last?.utf8.elementsEqual(name) == true { continue }
      // `dax0.0` stands between `dax0` and what is below that.
      let text = String(Substring(name))
      if seen.insert(text).inserted { names.append(text) }
    }
    guard names.isEmpty else { return names }
    guard isThere, case .directory = entries[own].node else { throw .missing }
    return []
  }

  package func displayPath(_ path: String) -> String { "\(place):\(path)" }

  /// Where in the entries a path stands, or would stand.
  private func firstIndex(notBefore path: String) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
