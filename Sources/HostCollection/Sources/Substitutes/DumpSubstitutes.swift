package import HostModel
internal import KernelText
package import SystemIO

/// What stands in for files that a dump does not have: commands' outputs, and the same file under
/// another name. Whatever is used is named.
package struct DumpSubstitutes: HostSource {
  private let base: any HostSource
  private var overlay = ArchiveTree()
  package private(set) var substitutes: [Substitute]

  package var description: SourceDescription { base.description }

  /// The source with everything added that can stand in for what it lacks.
  static func completing(_ source: any HostSource) -> any HostSource {
    var result = DumpSubstitutes(base: source, substitutes: source.substitutes)
    result.identify()
    result.addMemoryBlocks()
    result.addNodes()
    result.addModules()
    result.addDAXDevices()
    result.addSettings()
    result.overlay.index()
    guard !result.overlay.isEmpty || !result.substitutes.isEmpty else { return source }
    return result
  }

  private init(base: any HostSource, substitutes: [Substitute]) {
    self.base = base
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

  // MARK: Looking

  private func text(_ path: String, limit: Int = 16 << 20) -> String? {
    var buffer: [UInt8] = []
    guard (try? base.read(path, limit: limit, into: &buffer)) != nil, !buffer.isEmpty else {
      return nil
    }
    return String(decoding: buffer, as: UTF8.self)
  }

  private func isMissing(_ path: String) -> Bool {
    var buffer: [UInt8] = []
    do throws(ReadFailure) {
      try base.read(path, limit: 64 << 20, into: &buffer)
      return false
    } catch {
      return error == .missing
    }
  }

  /// The output of a command, from where sos, insights and supportconfig put it.
  private func output(of command: String) -> (text: String, path: String)? {
    for folder in [
      "", "/memory", "/numa", "/kernel", "/host", "/general", "/boot", "/cxl", "/pmem",
    ] {
      for top in ["/sos_commands", "/insights_commands"] {
        let path = top + folder
        guard let names = try? base.names(in: path) else { continue }
        for name in names.sorted() where name == command || name.hasPrefix(command + "_") {
          if let text = text(path + "/" + name) {
            return (text, String(path.dropFirst()) + "/" + name)
          }
        }
      }
    }
    return nil
  }

  private mutating func add(_ path: String, _ text: String, from: String) {
    overlay.add(path, text: text)
    substitutes.append(Substitute(input: path, from: from))
  }

  // MARK: Identity

  private mutating func identify() {
    let uname = output(of: "uname")
    let words = uname?.text.split { $0 == " " || $0 == "\n" }.map { String($0) } ?? []
    if let uname, words.count > 3, words[0] == "Linux" {
      if isMissing(HostInput.release.path), isMissing(HostInput.version.path) {
        add(HostInput.release.path, words[2], from: uname.path)
      }
      if isMissing(HostInput.architecture.path),
        let machine = words.last(where: { Architecture(name: $0) != nil })
      {
        add(HostInput.architecture.path, machine, from: uname.path)
      }
    }
    if isMissing(HostInput.hostName.path) {
      if let found = output(of: "hostname") {
        add(HostInput.hostName.path, found.text, from: found.path)
      } else if let text = text("/etc/hostname") {
        add(HostInput.hostName.path, text, from: "etc/hostname")
      } else if let uname, words.count > 3, words[0] == "Linux" {
        add(HostInput.hostName.path, words[1], from: uname.path)
      }
    }
    if isMissing(HostInput.commandLine.path) { addCommandLine() }
    addConfig()
  }

  private mutating func addCommandLine() {
    let logs = [output(of: "dmesg"), text("/var/log/dmesg").map { ($0, "var/log/dmesg") }]
    for case (let text, let path)? in logs {
      for line in text.split(separator: "\n") {
        guard let mark = line.firstRange(of: "ommand line: ") else { continue }
        add(HostInput.commandLine.path, String(line[mark.upperBound...]), from: path)
        return
      }
    }
  }

  private mutating func addConfig() {
    let release =
      text(HostInput.release.path) ?? (try? overlayText(HostInput.release.path))
      ?? text(HostInput.version.path)?.split(separator: " ").dropFirst(2).first.map { String($0) }
    guard let release = release?.split(separator: "\n").first, !release.contains("/") else {
      return
    }
    let wanted = "/boot/config-\(release)"
    guard isMissing(HostInput.config.path), isMissing(wanted) else { return }
    for path in ["/lib/modules/\(release)/config", "/usr/lib/modules/\(release)/config"] {
      guard let text = text(path) else { continue }
      add(wanted, text, from: String(path.dropFirst()))
      return
    }
  }

  private func overlayText(_ path: String) throws(ReadFailure) -> String {
    var buffer: [UInt8] = []
    try overlay.read(path, into: &buffer, limit: 1 << 20)
    return String(decoding: buffer, as: UTF8.self)
  }

  // MARK: Memory blocks, nodes, modules

  private mutating func addMemoryBlocks() {
    let folder = HostInput.memory.path
    guard isMissing(folder + "/block_size_bytes"), let found = output(of: "lsmem"),
      let table = LsmemText.parse(found.text)
    else { return }
    overlay.add(folder + "/block_size_bytes", text: String(table.blockSize, radix: 16))
    for block in table.blocks {
      let path = "\(folder)/memory\(block.number)"
      overlay.add(path + "/state", text: block.state)
      overlay.add(path + "/valid_zones", text: block.zones)
      guard let node = block.node else { continue }
      overlay.add("\(HostInput.nodes.path)/node\(node)/memory\(block.number)", .directory)
    }
    substitutes.append(Substitute(input: folder, from: found.path))
  }

  private mutating func addNodes() {
    let folder = HostInput.nodes.path
    guard let found = output(of: "numactl") else { return }
    var isUsed = false
    for node in NumactlText.parse(found.text) {
      let path = "\(folder)/node\(node.number)"
      if isMissing(path + "/cpulist") {
        overlay.add(path + "/cpulist", text: node.cpus + "\n")
        isUsed = true
      }
      if !node.distances.isEmpty, isMissing(path + "/distance") {
        overlay.add(path + "/distance", text: node.distances + "\n")
        isUsed = true
      }
    }
    if isUsed { substitutes.append(Substitute(input: folder, from: found.path)) }
  }

  private mutating func addModules() {
    guard isMissing(HostInput.modules.path), let found = output(of: "lsmod") else { return }
    // lsmod prints name, size, users and who uses it, below a line of headings.
    let lines = found.text.split(separator: "\n").dropFirst().compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard words.count >= 3 else { return nil }
      let users = words.count > 3 ? words[3] + "," : "-"
      return "\(words[0]) \(words[1]) \(words[2]) \(users) Live 0x0\n"
    }
    if !lines.isEmpty { add(HostInput.modules.path, lines.joined(), from: found.path) }
  }

  // MARK: Devices and settings

  /// Where devices are put that only daxctl tells of: under /sys/bus they would say that there are no
  /// devices of any other bus.
  static let daxFolder = "/substitutes/dax"

  private mutating func addDAXDevices() {
    guard isUnlisted("/sys/bus"), let found = output(of: "daxctl_list") ?? output(of: "daxctl"),
      let devices = DaxctlText.parse(found.text)
    else { return }
    overlay.add(Self.daxFolder + "/devices", .directory)
    for device in devices where device.name.hasPrefix("dax") && !device.name.contains("/") {
      let path = "\(Self.daxFolder)/devices/\(device.name)"
      overlay.add(path, .directory)
      for (name, value) in [
        ("size", device.size), ("align", device.align), ("target_node", device.node),
      ] {
        if let value { overlay.add("\(path)/\(name)", text: "\(value)\n") }
      }
      let driver =
        device.mode == "system-ram" ? "kmem" : device.mode == "devdax" ? "device_dax" : nil
      if let driver {
        overlay.add("\(Self.daxFolder)/drivers/\(driver)/\(device.name)", .directory)
      }
    }
    substitutes.append(Substitute(input: "/sys/bus/dax", from: found.path))
  }

  private func isUnlisted(_ directory: String) -> Bool {
    do throws(ReadFailure) {
      _ = try base.names(in: directory)
      return false
    } catch {
      return error == .missing
    }
  }

  /// `vm.NAME = VALUE` of `sysctl -a`.
  private mutating func addSettings() {
    guard let found = output(of: "sysctl") else { return }
    var isUsed = false
    for line in found.text.split(separator: "\n") where line.hasPrefix("vm.") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = parts[0].dropFirst(3).filter { $0 != " " }
      let path = "/proc/sys/vm/\(name)"
      guard !name.isEmpty, !name.contains("."), !name.contains("/"), isMissing(path) else {
        continue
      }
      overlay.add(path, text: parts[1].drop { $0 == " " } + "\n")
      isUsed = true
    }
    if isUsed { substitutes.append(Substitute(input: "/proc/sys/vm", from: found.path)) }
  }
}
