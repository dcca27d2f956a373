internal import HostCollection
internal import HostModel
internal import SystemIO
import TestSupport

/// A recorded root with some files replaced, added or removed: what is left is as a kernel said it.
struct EditedRoot: HostSource {
  let description: SourceDescription
  private let base: any HostSource
  private(set) var files: [String: [UInt8]] = [:]
  private var removed: Set<String> = []

  /// The root of that name under Tests/Fixtures/Roots: a directory, or packed.
  init?(_ name: String) {
    let path = Fixtures.path("Roots/\(name)")
    if let directory = DirectoryRoot(path: path) {
      base = directory
    } else if let archive = try? SourceFinder.source(path + ".tar.gz") {
      base = archive
    } else {
      return nil
    }
    description = SourceDescription(kind: .directory, path: name)
  }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    if removed.contains(path) { throw .missing }
    guard let bytes = files[path] else { return try base.read(path, limit: limit, into: &buffer) }
    buffer = bytes
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    let prefix = directory + "/"
    let added = files.keys.filter { $0.hasPrefix(prefix) }
      .compactMap { $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init) }
    let own: [String]
    do throws(ReadFailure) {
      own = try base.names(in: directory)
    } catch {
      guard !added.isEmpty else { throw error }
      own = []
    }
    return Set(own).union(added).filter { !removed.contains(prefix + $0) }.sorted()
  }

  // MARK: Edits

  mutating func set(_ path: String, _ text: String) { files[path] = Array((text + "\n").utf8) }

  mutating func remove(_ path: String) { removed.insert(path) }

  func text(_ path: String) -> String {
    var buffer: [UInt8] = []
    guard (try? read(path, limit: 64 << 20, into: &buffer)) != nil else { return "" }
    return String(decoding: buffer, as: UTF8.self)
  }

  private mutating func edit(_ path: String, _ change: (inout [String]) -> Void) {
    var lines = text(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    change(&lines)
    set(path, lines.joined(separator: "\n"))
  }

  /// Sets fields of /proc/meminfo in kB.
  mutating func meminfo(_ fields: [String: UInt64]) {
    edit("/proc/meminfo") { lines in
      for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
        let line = "\(field):  \(value) kB"
        if let index = lines.firstIndex(where: { $0.hasPrefix(field + ":") }) {
          lines[index] = line
        } else {
          lines.append(line)
        }
      }
    }
  }

  /// Sets counters of /proc/vmstat; nil takes one away.
  mutating func vmstat(_ counters: [String: UInt64?]) {
    edit("/proc/vmstat") { lines in
      for (name, value) in counters.sorted(by: { $0.key < $1.key }) {
        let index = lines.firstIndex { $0.hasPrefix(name + " ") }
        if let value, let index {
          lines[index] = "\(name) \(value)"
        } else if let value {
          lines.insert("\(name) \(value)", at: 0)
        } else if let index {
          lines.remove(at: index)
        }
      }
    }
  }

  /// Sets fields in a zone's record of /proc/zoneinfo.
  mutating func zone(_ node: Int, _ zone: String, _ fields: [String: UInt64]) {
    edit("/proc/zoneinfo") { lines in
      var isInside = false
      var seen: Set<String> = []
      for index in lines.indices {
        let words = lines[index].split(whereSeparator: { $0 == " " || $0 == "," })
        if words.first == "Node" {
          isInside = words.count >= 4 && words[1] == "\(node)" && words[3] == zone
        }
        guard isInside, words.count >= 2 else { continue }
        let name = String(words[words.count - 2])
        guard let value = fields[name], seen.insert(name).inserted else { continue }
        let head = lines[index].reversed().drop { $0.isNumber }.reversed()
        lines[index] = String(head) + "\(value)"
      }
    }
  }

  mutating func append(_ argument: String) {
    set("/proc/cmdline", text("/proc/cmdline").filter { $0 != "\n" } + " " + argument)
  }

  /// Sets an option in the kernel's config.
  mutating func option(_ name: String, _ line: String) {
    let path = "/boot/config-" + text("/proc/sys/kernel/osrelease").filter { $0 != "\n" }
    edit(path) { lines in
      lines.removeAll { $0.hasPrefix("CONFIG_\(name)=") || $0 == "# CONFIG_\(name) is not set" }
      lines.append(line)
    }
  }

  /// Sets a HugeTLB pool of a node, and the host's.
  mutating func hugePages(_ kibibytes: Int, node: Int, total: Int, free: Int = 0) {
    for folder in ["/sys/kernel/mm", "/sys/devices/system/node/node\(node)"] {
      let pool = "\(folder)/hugepages/hugepages-\(kibibytes)kB"
      set("\(pool)/nr_hugepages", "\(total)")
      set("\(pool)/free_hugepages", "\(free)")
      set("\(pool)/surplus_hugepages", "0")
    }
  }

  /// Leaves a DIMM of that many blocks offline.
  mutating func offlineBlocks(_ numbers: ClosedRange<Int>, node: Int = 0) {
    for number in numbers {
      set("/sys/devices/system/memory/memory\(number)/state", "offline")
      set("/sys/devices/system/memory/memory\(number)/valid_zones", "Normal Movable")
      set("/sys/devices/system/node/node\(node)/memory\(number)/state", "offline")
    }
  }

  /// Buses and classes as a host without any special device has them.
  mutating func plainDevices() {
    set("/sys/bus/pci/uevent", "")
    set("/sys/class/mem/uevent", "")
    set("/sys/block/vda/size", "2048")
    set("/usr/lib/udev/rules.d/99-systemd.rules", "SUBSYSTEM==\"net\", TAG+=\"systemd\"")
    set("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux\"")
  }
}
