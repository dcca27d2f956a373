internal import HostModel
internal import SystemIO

/// A source that is like another one, but for what it makes of some files.
protocol RewrittenSource: HostSource {
  var base: any HostSource { get }
}

extension RewrittenSource {
  package var description: SourceDescription { base.description }
  package var substitutes: [Substitute] { base.substitutes }
  package var taken: Int64? { base.taken }
  package func nodes() -> [LibNUMA.Node]? { base.nodes() }
  package func displayPath(_ path: String) -> String { base.displayPath(path) }

  package func names(in directory: String) throws(ReadFailure) -> [String] {
    try base.names(in: directory)
  }
}
