internal import HostModel
internal import SystemIO

/// The text files of SUSE's supportconfig: sections behind lines such as
/// `#==[ Configuration File ]====#`, each beginning with `# ` and the file or command that it shows.
/// Blank lines and lines that begin with `#` or `;` are taken out of files (`conf_files` of
/// supportutils' supportconfig.rc).
struct ArchiveSupportconfig {
  /// The files that hold inputs; the others (logs, packages) are not looked at.
  static let files: Set<Substring> = [
    "basic-environment.txt", "boot.txt", "env.txt", "hardware.txt", "memory.txt", "numa.txt",
    "proc.txt", "sysfs.txt", "sysconfig.txt", "modules.txt", "basic-health-check.txt", "udev.txt",
  ]
  static let limit = 64 << 20

  /// Adds what a text file holds to the tree; returns the inputs that it took.
  static func add(_ text: [UInt8], to tree: inout ArchiveTree) -> [String] {
    var taken: [String] = []
    var section: (path: String, lines: [ArraySlice<UInt8>])?
    var expectsTitle = false

    func finish() {
      guard case (let path, var lines)? = section, !lines.allSatisfy(\.isEmpty), tree[path] == nil
      else {
        return
      }
      // The blank lines before the next section are not the file's.
      while lines.last?.isEmpty == true { lines.removeLast() }
      tree.add(path, contents: Array(lines.joined(separator: [0x0A])) + [0x0A])
      taken.append(path)
    }

    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "#==[".utf8) {
        finish()
        section = nil
        expectsTitle = true
      } else if expectsTitle, line.starts(with: "# ".utf8) {
        expectsTitle = false
        let title = String(decoding: line.dropFirst(2), as: UTF8.self)
        section = path(title).map { ($0, []) }
      } else if section != nil {
        section?.lines.append(line)
      } else {
        expectsTitle = false
      }
    }
    finish()
    return taken
  }

  /// A folder with a supportconfig's text files, unpacked; nil where it is none.
  static func folder(_ path: String) -> ArchiveSource? {
    var tree = ArchiveTree()
    var substitutes: [Substitute] = []
    let names = Set(((try? FileSystem.names(in: path)) ?? []).map { Substring($0) })
    var buffer: [UInt8] = []
    for name in files.intersection(names).sorted() {
      guard (try? FileSystem.read("\(path)/\(name)", limit: limit, into: &buffer)) != nil else {
        continue
      }
      substitutes += add(buffer, to: &tree).map { Substitute(input: $0, from: String(name)) }
    }
    guard tree[HostInput.zoneinfo.path] != nil else { return nil }
    tree.index()
    return ArchiveSource(
      description: SourceDescription(kind: .directory, path: path),
      tree: tree,
      substitutes: substitutes
    )
  }

  /// The file that a section shows: `/proc/cmdline`, `/bin/cat /proc/meminfo`, `/bin/uname -a`.
  private static func path(_ title: String) -> String? {
    let words = title.split(separator: " ")
    guard let first = words.first else { return nil }
    let command = first.split(separator: "/").last ?? first
    if words.count == 1, first.hasPrefix("/") { return wanted(first) }
    if words.count == 2, command == "cat" { return wanted(words[1]) }
    switch command {
    case "uname" where words.count > 1 && words[1] == "-a": return "/sos_commands/kernel/uname_-a"
    case "sysctl" where words.count > 1 && words[1] == "-a": return "/sos_commands/kernel/sysctl_-a"
    case "hostname": return "/sos_commands/host/hostname"
    case "numactl": return "/sos_commands/numa/numactl_--hardware"
    case "lsmem": return "/sos_commands/memory/lsmem"
    case "lsmod": return "/sos_commands/kernel/lsmod"
    case "dmesg": return "/sos_commands/kernel/dmesg"
    default: return nil
    }
  }

  private static func wanted(_ path: Substring) -> String? {
    let parts = path.split(separator: "/")
    guard !parts.contains(".."), let place = ArchiveScope.place(parts, isLink: false),
      place.root.isEmpty
    else { return nil }
    return place.path
  }
}
