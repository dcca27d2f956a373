package import HostModel

extension FoundSource {
  private static let addZoneinfo =
    "add /proc/zoneinfo of the same host, or take all with zonewise capture"

  /// The host that the source is, read; a log is none, and the error says which command takes it.
  package func snapshot(
    options: CollectionOptions = CollectionOptions()
  ) throws(CollectionError) -> HostSnapshot {
    switch self {
    case .host(let source): return try HostCollector.collect(from: source, options: options)
    case .recognized(let text, let name): throw .recognized(path: name, text)
    case .blockList(let source):
      guard options.acceptsBlockList else {
        throw .otherKind(
          path: source.description.path,
          what: """
            the output of lsmem: which memory blocks are online and in which zone, which zonewise \
            blocks answers from; for advice, \(Self.addZoneinfo)
            """
        )
      }
      return try HostCollector.collect(from: source, options: options)
    case .oomLog(_, let name):
      throw .otherKind(path: name, what: "a log with an OOM report: zonewise advise reads it")
    case .memoryMessages(_, let name):
      throw .otherKind(
        path: name,
        what: """
          a log of memory that would not go offline or could not be pinned: zonewise advise reads \
          it, and zonewise blocks, on that host as root, says of each block what is in its way
          """
      )
    case .bootLog(let name, _):
      throw .otherKind(
        path: name,
        what: """
          a boot log: it tells how memory was divided, and nothing of what is in use; \
          \(Self.addZoneinfo)
          """
      )
    }
  }
}
