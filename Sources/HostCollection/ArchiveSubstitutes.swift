package import HostModel
internal import KernelText

/// What stands in for files that a dump does not have: commands' outputs, and the same file under
/// another name. Whatever is used is named.
package struct ArchiveSubstitutes: HostSource {
  private let base: any HostSource
  private var overlay = ArchiveTree()
  package private(set) var substitutes: [Substitute]

  package var description: SourceDescription { base.description }

  /// The source with everything added that can stand in for what it lacks.
  static func completing(_ source: any HostSource) -> any HostSource {
    var result = ArchiveSubstitutes(base: source, substitutes: source.substitutes)
    result.identify()
    result.addMemoryBlocks()
    result.addNodes()
    result.addModules()
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
    for folder in ["", "/memory", "/numa", "/kernel", "/host", "/general", "/boot"] {
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
}
