package import HostModel
package import SystemIO

/// What stands in for files that a dump does not have: commands' outputs, and the same file under
/// another name. Whatever is used is named.
package struct DumpSubstitutes: HostSource {
  /// Every kind of output that can stand in for something: the one list. The first kinds come first,
  /// since others build on them.
  static let kinds: [any DumpSubstitute.Type] = [
    UnameOutput.self,
    HostNameOutput.self,
    DmesgOutput.self,
    ModulesConfig.self,
    LsmemOutput.self,
    NumactlOutput.self,
    LsmodOutput.self,
    DaxctlOutput.self,
    SysctlOutput.self,
  ]

  private let base: any HostSource
  private let overlay: ArchiveTree
  package let substitutes: [Substitute]

  package var description: SourceDescription { base.description }
  package var taken: Int64? { base.taken }

  /// The source with everything added that can stand in for what it lacks.
  static func completing(_ source: any HostSource) -> any HostSource {
    var dump = IncompleteDump(source)
    for kind in kinds { kind.complete(&dump) }
    let (overlay, substitutes) = dump.finished()
    guard !overlay.isEmpty || !substitutes.isEmpty else { return source }
    return DumpSubstitutes(base: source, overlay: overlay, substitutes: substitutes)
  }

  private init(base: any HostSource, overlay: ArchiveTree, substitutes: [Substitute]) {
    self.base = base
    self.overlay = overlay
    self.substitutes = substitutes
  }

  package func read(
    _ path: String,
    limit: Int,
    into buffer: inout [UInt8]
  ) throws(ReadFailure) {
    do throws(ReadFailure) {
      try base.read(path, limit: limit, into: &buffer)
    } catch {
      guard error == .missing else { throw error }
      try overlay.read(path, into: &buffer, limit: limit)
    }
  }

  package func names(in directory: String) throws(ReadFailure) -> [String] {
    let added = (try? overlay.names(in: directory)) ?? []
    do throws(ReadFailure) {
      let own = try base.names(in: directory)
      return added.isEmpty ? own : Array(Set(own).union(added))
    } catch {
      guard error == .missing, !added.isEmpty else { throw error }
      return added
    }
  }

  package func displayPath(_ path: String) -> String { base.displayPath(path) }
  package func pageFlags() throws(ReadFailure) -> PageFlagsFile { try base.pageFlags() }
}
