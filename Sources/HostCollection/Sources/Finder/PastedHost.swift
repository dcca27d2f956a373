internal import HostModel
internal import KernelText
internal import SystemIO

/// A text that holds several of a host's files, behind one another.
struct PastedHost: HostSource {
  let description: SourceDescription
  private let tree: ArchiveTree

  /// The host with what commands' outputs in the text can stand in for.
  static func source(_ bytes: [UInt8], path: String) -> any HostSource {
    DumpSubstitutes.completing(PastedHost(PastedFiles(bytes), path: path))
  }

  private init(_ files: PastedFiles, path: String) {
    var tree = ArchiveTree()
    for file in PastedFile.allCases {
      if let text = files.texts[file] { tree.add(file.path, contents: text) }
    }
    tree.index()
    self.tree = tree
    description = SourceDescription(kind: .directory, path: path)
  }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    try tree.read(path, into: &buffer, limit: limit)
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    try tree.names(in: directory)
  }

  func displayPath(_ path: String) -> String { description.path }
}

extension PastedFile {
  /// Where the text is found: a host's file, or an output that stands in for some.
  fileprivate var path: String {
    switch self {
    case .zoneinfo: HostInput.zoneinfo.path
    case .pagetypeinfo: HostInput.pagetypeinfo.path
    case .buddyinfo: HostInput.buddyinfo.path
    case .meminfo: HostInput.meminfo.path
    case .vmstat: HostInput.vmstat.path
    case .iomem: HostInput.iomem.path
    case .version: HostInput.version.path
    case .commandLine: HostInput.commandLine.path
    case .uname: IncompleteDump.pasted + "/uname"
    case .numactl: IncompleteDump.pasted + "/numactl"
    case .lsmem: IncompleteDump.pasted + "/lsmem"
    case .log: IncompleteDump.pasted + "/dmesg"
    }
  }
}
