internal import HostModel
internal import Profiles
package import SourceText

/// Reads a machine spec: YAML with a `machine` at its top.
package enum MachineSpecReader {
  /// Whether a file is a machine spec, judged by its first lines.
  package static func recognizes(_ bytes: [UInt8]) -> Bool {
    resembles(bytes) && hasLine("schema:", bytes)
  }

  /// The same where the user says that it is one: a schema that is missing is told then.
  package static func resembles(_ bytes: [UInt8]) -> Bool { hasLine("machine:", bytes) }

  private static func hasLine(_ start: String, _ bytes: [UInt8]) -> Bool {
    bytes.prefix(64 << 10).split(separator: 0x0A, maxSplits: 200)
      .contains { $0.starts(with: start.utf8) }
  }

  /// The machine as a class of one.
  package static func machineClass(_ text: String, file: String) throws(LocatedError)
    -> MachineClass
  {
    let document = try YAMLDocument(text, file: file)
    let spec = try read(text, file: file)
    let root = try YAMLMapping(document.root, allowed: ["schema", "machine"])
    var places = ClassPlaces(start: root["machine"]?.place ?? SourceLocation(file: file))
    var words: [ClassCommandLine.Word] = []
    if let node = root["machine"] {
      let machine = try YAMLMapping(node, allowed: keys + ["kernel", "cmdline"])
      for key in keys + ["kernel", "cmdline"] {
        if let place = machine[key]?.place { places[key] = place }
      }
      words = ClassCommandLine.words(of: [machine["cmdline"]].compactMap { $0 })
    }
    var machineClass = MachineClass(machine: spec, places: places)
    machineClass.kernels = [spec.kernel]
    machineClass.commandLine = ClassCommandLine(words)
    return machineClass
  }

  package static func read(_ text: String, file: String) throws(LocatedError) -> MachineSpec {
    let document = try YAMLDocument(text, file: file)
    let root = try YAMLMapping(document.root, allowed: ["schema", "machine"])
    guard try root.number("schema", in: 1...1) != nil else {
      throw root.failure("key schema is missing; this version reads schema: 1", at: "schema")
    }
    guard let node = root["machine"] else {
      throw root.failure("key machine is missing", at: "machine")
    }
    return try machine(node)
  }

  private static func machine(_ node: YAMLNode) throws(LocatedError) -> MachineSpec {
    let machine = try YAMLMapping(node, allowed: keys + ["kernel", "cmdline"])
    var spec = try hardware(machine)
    if let release = try machine.optionalText("kernel") {
      guard let version = KernelVersion(release: release) else {
        throw machine.failure("kernel must be a release such as \"6.12\" (in quotes)", at: "kernel")
      }
      spec.kernel = version
    }
    spec.commandLine = try machine.optionalText("cmdline") ?? ""
    return spec
  }

  /// The keys that describe the machine itself.
  static let keys = [
    "name", "arch", "pageSize", "maxOrder", "blockSize", "hypervisor", "lowMemory", "reserved",
    "nodes",
  ]

  /// What a machine is made of, without what runs on it.
  static func hardware(_ machine: YAMLMapping) throws(LocatedError) -> MachineSpec {
    let name = try machine.optionalText("name") ?? "machine"
    guard let architecture = Architecture(name: try machine.text("arch")) else {
      let known = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
      throw machine.failure("arch must be one of \(known)", at: "arch")
    }
    var spec = MachineSpec(
      name: name,
      architecture: architecture,
      nodes: try nodes(machine)
    )
    if let size = try machine.size("pageSize") {
      guard let pageSize = PageSize(bytes: size.count) else {
        throw machine.failure("pageSize must be 4KiB, 16KiB or 64KiB", at: "pageSize")
      }
      spec.pageSize = pageSize
    }
    spec.maxOrder = try machine.number("maxOrder", in: 1...20).map { UInt8($0) }
    if let size = try machine.size("blockSize") {
      guard size >= .mebibytes(1), size.count.nonzeroBitCount == 1 else {
        throw machine.failure("blockSize must be a power of two from 1MiB", at: "blockSize")
      }
      spec.blockSize = size
    }
    // What it is called does not matter to the kernel's zones: only that there is one.
    spec.isVirtual = try machine.optionalText("hypervisor").map { $0 != "none" }
    spec.lowMemory = try machine.size("lowMemory")
    spec.reserved = try ranges(machine, "reserved")
    return spec
  }

  private static func nodes(_ machine: YAMLMapping) throws(LocatedError) -> [MachineSpec.Node] {
    guard let list = machine["nodes"]?.items, !list.isEmpty, list.count <= 1024 else {
      throw machine.failure("nodes must be a list of 1 to 1024 nodes", at: "nodes")
    }
    var nodes: [MachineSpec.Node] = []
    for (index, item) in list.enumerated() {
      let node = try YAMLMapping(item, allowed: ["id", "memory", "ranges", "cpus", "hotpluggable"])
      let id = NodeID(UInt32(try node.number("id", in: 0...1023) ?? UInt64(index)))
      if nodes.contains(where: { $0.id == id }) {
        throw node.failure("node \(id) is there twice", at: "id")
      }
      let memory = try node.size("memory")
      let ranges = try ranges(node, "ranges")
      guard (memory == nil) != ranges.isEmpty else {
        throw node.failure("a node has either memory (a size) or ranges", at: "memory")
      }
      if let memory, memory > .gibibytes(1 << 20) {
        throw node.failure("memory of a node must not be above 1 PiB", at: "memory")
      }
      let cpus = try node.number("cpus", in: 0...65_536).map { Int($0) }
      var spec = MachineSpec.Node(id: id, memory: memory, ranges: ranges, cpus: cpus)
      if let text = try node.optionalText("hotpluggable") {
        guard ["true", "false"].contains(text) else {
          throw node.failure("hotpluggable must be true or false", at: "hotpluggable")
        }
        spec.isHotPluggable = text == "true"
      }
      nodes.append(spec)
    }
    return nodes
  }

  /// `0x100000000-0x4ffffffff`, last byte inclusive as the kernel prints it.
  private static func ranges(
    _ node: YAMLMapping,
    _ key: String
  ) throws(LocatedError) -> [AddressRange] {
    var ranges: [AddressRange] = []
    for text in try node.texts(key) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let first = address(parts[0]), let last = address(parts[1]),
        first < last, last < .max
      else {
        throw node.failure(
          "a range is first-last byte in hexadecimal: 0x100000000-0x4ffffffff",
          at: key
        )
      }
      ranges.append(AddressRange(first: first, last: last))
    }
    return ranges
  }

  private static func address(_ text: Substring) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : nil
  }
}
