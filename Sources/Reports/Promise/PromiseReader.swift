package import Advice
internal import HostModel
package import SourceText

/// Reads what `cmdline --promise` wrote.
package enum PromiseReader {
  /// - Throws: Where the text is no promise, with line and column.
  package static func read(_ bytes: [UInt8], file: String) throws(LocatedError) -> BootPromise {
    var reader = JSONReader(bytes, file: file)
    guard reader.peek() == UInt8(ascii: "{") else {
      throw reader.error("this is no promise: zonewise cmdline --promise FILE writes one")
    }
    var isPromise = false
    var hasVersion = false
    var pageSize: PageSize?
    var hasArguments = false
    var promise = BootPromise(
      machine: "",
      date: "",
      profile: nil,
      arguments: [],
      removed: [],
      pageSize: .kib4,
      blockSize: nil,
      boots: [],
      holdsWithin: nil,
      headroom: nil,
      findings: nil
    )
    try reader.object { reader, name throws(LocatedError) in
      switch name {
      case "schemaVersion":
        guard try reader.number(UInt64.self) == PromiseJSON.version else {
          throw reader.error("schemaVersion is not 1: a later zonewise wrote this")
        }
        hasVersion = true
      case "command":
        isPromise = try reader.string() == PromiseJSON.command
        guard isPromise else {
          throw reader.error(
            "this is the answer of another command: zonewise cmdline --promise FILE writes a promise"
          )
        }
      case "machine": promise.machine = try reader.string()
      case "date": promise.date = try reader.string()
      case "profile": promise.profile = reader.null() ? nil : try reader.string()
      case "arguments":
        hasArguments = true
        promise.arguments = try reader.strings()
      case "removed": promise.removed = try reader.strings()
      case "pageSizeBytes":
        guard let size = PageSize(bytes: try reader.number()) else {
          throw reader.error("not a page size")
        }
        pageSize = size
      case "blockSizeBytes":
        promise.blockSize = try reader.size()
        if promise.blockSize == .zero { throw reader.error("a memory block has a size above 0") }
      case "holdsWithinBytes": promise.holdsWithin = try reader.size()
      case "boots":
        try reader.array { reader throws(LocatedError) in promise.boots.append(try reader.boot()) }
      case "headroom": promise.headroom = reader.null() ? nil : try reader.headroom()
      case "findings": promise.findings = reader.null() ? nil : try reader.expected()
      default: try reader.skip()
      }
    }
    try reader.end()
    guard isPromise else { throw reader.error("\"command\" is missing: this is no promise") }
    guard hasVersion else { throw reader.error("\"schemaVersion\" is missing") }
    guard hasArguments else { throw reader.error("\"arguments\" is missing") }
    guard let pageSize else { throw reader.error("\"pageSizeBytes\" is missing") }
    guard !promise.boots.isEmpty else { throw reader.error("\"boots\" is missing or empty") }
    promise.pageSize = pageSize
    return promise
  }
}

extension JSONReader {
  fileprivate mutating func strings() throws(LocatedError) -> [String] {
    var words: [String] = []
    try array { reader throws(LocatedError) in words.append(try reader.string()) }
    return words
  }

  fileprivate mutating func size() throws(LocatedError) -> ByteCount? {
    null() ? nil : ByteCount(try number())
  }

  fileprivate mutating func boot() throws(LocatedError) -> BootPromise.Boot {
    var boot = BootPromise.Boot(kernel: nil, commandLine: "", nodes: [])
    try object { reader, name throws(LocatedError) in
      switch name {
      case "kernel": boot.kernel = reader.null() ? nil : try reader.string()
      case "cmdline": boot.commandLine = try reader.string()
      case "nodes":
        try reader.array { reader throws(LocatedError) in
          let node = try reader.node()
          guard boot.node(node.id) == nil else {
            throw reader.error("node \(node.id) is there twice")
          }
          boot.nodes.append(node)
        }
      default: try reader.skip()
      }
    }
    guard !boot.nodes.isEmpty else { throw error("\"nodes\" is missing or empty in this object") }
    return boot
  }

  private mutating func node() throws(LocatedError) -> BootPromise.Node {
    var id: NodeID?
    var kernel: ByteCount?
    var movable: ByteCount?
    var node = BootPromise.Node(id: 0, kernel: .zero, movable: .zero)
    try object { reader, name throws(LocatedError) in
      switch name {
      case "node": id = NodeID(try reader.number())
      case "kernelBytes": kernel = try reader.size()
      case "highMemoryBytes": node.high = try reader.size() ?? .zero
      case "movableBytes": movable = try reader.size()
      case "movableStartPFN":
        node.movableStart = reader.null() ? nil : PageFrameNumber(try reader.number())
      case "neededKernelBytes": node.needs = try reader.size()
      case "addedBytes": node.later = try reader.size() ?? .zero
      default: try reader.skip()
      }
    }
    guard let id else { throw error("\"node\" is missing in this object") }
    guard let kernel else { throw error("\"kernelBytes\" is missing in this object") }
    guard let movable else { throw error("\"movableBytes\" is missing in this object") }
    node.id = id
    node.kernel = kernel
    node.movable = movable
    return node
  }

  fileprivate mutating func headroom() throws(LocatedError) -> BootPromise.Headroom {
    var size: ByteCount?
    var atLeast: ByteCount?
    try object { reader, name throws(LocatedError) in
      switch name {
      case "bytes": size = try reader.size()
      case "atLeastBytes": atLeast = try reader.size()
      default: try reader.skip()
      }
    }
    guard let size, let atLeast else {
      throw error("\"bytes\" or \"atLeastBytes\" is missing in this object")
    }
    return BootPromise.Headroom(size: size, atLeast: atLeast)
  }

  fileprivate mutating func expected() throws(LocatedError) -> [BootPromise.ExpectedFinding] {
    var findings: [BootPromise.ExpectedFinding] = []
    try array { reader throws(LocatedError) in
      var code: String?
      var rule = ""
      var severity: Finding.Severity?
      try reader.object { reader, name throws(LocatedError) in
        switch name {
        case "code": code = try reader.string()
        case "rule": rule = try reader.string()
        case "severity":
          severity = Finding.Severity(rawValue: try reader.string())
          if severity == nil { throw reader.error("severity is note, warning or error") }
        default: try reader.skip()
        }
      }
      guard let code, let severity else {
        throw reader.error("\"code\" or \"severity\" is missing in this object")
      }
      findings.append(BootPromise.ExpectedFinding(code: code, rule: rule, severity: severity))
    }
    return findings
  }
}
