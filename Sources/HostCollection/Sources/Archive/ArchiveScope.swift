/// What bounds an archive's reading; Documentation/sources.md explains each.
package struct ArchiveLimits: Sendable {
  package var entries = 500_000
  /// Bytes out of decompression, kept or not.
  package var unpacked: UInt64 = 8 << 30
  /// Bytes of all files that are kept.
  package var kept = 256 << 20
  /// Bytes of one file that is kept, where its kind has no bound of its own.
  package var perFile = 1 << 20

  package init() {}
}

/// Which of an archive's entries are a host's, and which of those are kept.
///
/// One place for every layout, because an archive is read once and what is not kept is gone. A test
/// holds it to the collector: whatever that reads on the live host must be wanted here.
enum ArchiveScope {
  /// An entry's place: the folder that stands for the host's `/`, and the path below it.
  struct Place: Equatable {
    var root: String
    var path: String
  }

  /// Folders between the top and the host's root in the layouts that have one.
  private static let innerRoots: Set<Substring> = ["data", "fsroot", "rootfs", "root", "host"]

  /// Entries after which an archive that has told nothing is taken for somebody else's, and bytes.
  static let telling = 64
  static let tellingBytes: UInt64 = 4 << 20

  /// Whether an entry is one that only an archive of a host has.
  static func tells(_ parts: [Substring]) -> Bool {
    guard let file = parts.last else { return false }
    if parts.count <= 2, ["basic-environment.txt", "basic-health-check.txt"].contains(file) {
      return true
    }
    for skipped in 0...2 where parts.count > skipped {
      let below = parts.count > skipped + 1 ? parts[skipped + 1] : ""
      switch parts[skipped] {
      case "sos_commands", "sos_logs", "sos_reports", "insights_commands": return true
      case CaptureManifest.folder where below == "manifest": return true
      // The tree of a root file system has an empty proc; a host's has its files.
      case "proc" where procFiles.contains(below): return true
      case "sys" where ["devices", "kernel"].contains(below) && parts.count > skipped + 2:
        return true
      default: continue
      }
    }
    return false
  }

  private static let procFiles: Set<Substring> = [
    "buddyinfo", "cmdline", "cpuinfo", "iomem", "meminfo", "pagetypeinfo", "version", "vmstat",
    "zoneinfo",
  ]

  /// Where an entry belongs; nil where it is nothing that advice is made from.
  ///
  /// The host's root may be the archive's, its one top-level folder, or a folder in that.
  static func place(_ parts: [Substring], isLink: Bool) -> Place? {
    for skipped in 0...2 where parts.count > skipped {
      if skipped == 2, !innerRoots.contains(parts[1]) { break }
      let rest = parts[skipped...]
      guard wants(rest) || (isLink && leadsToWanted(rest)) else { continue }
      return Place(
        root: parts[..<skipped].joined(separator: "/"),
        path: "/" + rest.joined(separator: "/")
      )
    }
    return nil
  }

  /// The largest size that a file may have to be kept.
  static func limit(_ path: String, _ limits: ArchiveLimits) -> Int {
    switch path {
    case HostInput.zoneinfo.path, HostInput.pagetypeinfo.path, HostInput.cpuinfo.path: 64 << 20
    case HostInput.buddyinfo.path, HostInput.iomem.path: 8 << 20
    case HostInput.config.path: 4 << 20
    case _ where path.hasPrefix("/boot/") || path.contains("/modules/"): 4 << 20
    case _ where isCommandOutput(path): 16 << 20
    default: limits.perFile
    }
  }

  static func isCommandOutput(_ path: String) -> Bool {
    path.hasPrefix("/sos_commands/") || path.hasPrefix("/insights_commands/")
      || path.hasPrefix("/var/log/")
  }

  // MARK: What is wanted

  private static func wants(_ parts: ArraySlice<Substring>) -> Bool {
    let parts = Array(parts)
    guard let first = parts.first else { return false }
    switch first {
    case "proc": return wantsProc(parts)
    case "sys": return wantsSys(parts)
    case "boot": return parts.count == 2 && parts[1].hasPrefix("config-")
    case "etc":
      return isSetting(parts)
        || (parts.count == 2 && (parts[1] == "os-release" || parts[1] == "hostname"))
    case "lib": return isConfig(parts.dropFirst())
    case "run": return isSetting(parts)
    case "usr":
      return parts.dropFirst() == ["lib", "os-release"] || isConfig(parts.dropFirst(2))
        || isSetting(Array(parts.dropFirst()))
    case "var": return parts == ["var", "log", "dmesg"]
    case "sos_commands", "insights_commands":
      return parts.count <= 3 && parts.last.map(isSubstitute) == true
    case CaptureManifest.folder: return parts.count == 2
    default: return false
    }
  }

  private static func wantsProc(_ parts: [Substring]) -> Bool {
    switch parts.count {
    case 2: return true
    case 3:
      return (parts[2] == "status" || parts[2] == "limits") && UInt32(parts[1]) != nil
    case 4: return parts[1] == "sys" && (parts[2] == "vm" || parts[2] == "kernel")
    default: return false
    }
  }

  private static func wantsSys(_ parts: [Substring]) -> Bool {
    let folders: [[Substring]] = [
      ["sys", "devices", "system", "node"], ["sys", "devices", "system", "memory"],
      ["sys", "devices", "system", "xen_memory"], ["sys", "devices", "system", "cmm"],
      ["sys", "kernel", "mm"], ["sys", "kernel", "kexec_crash_size"], ["sys", "bus", "dax"],
      ["sys", "bus", "cxl"], ["sys", "bus", "nd"], ["sys", "bus", "virtio", "drivers"],
      ["sys", "bus", "vmbus", "drivers"], ["sys", "bus", "vdpa"], ["sys", "class", "infiniband"],
      ["sys", "class", "vfio"], ["sys", "class", "vfio-dev"], ["sys", "firmware", "memmap"],
      ["sys", "devices", "virtual", "memory_tiering"],
    ]
    // That they are there tells that what is not in them is not on the host.
    if parts == ["sys", "bus"] || parts == ["sys", "class"] || parts == ["sys", "block"] {
      return true
    }
    if (3...4).contains(parts.count), parts[1] == "block", parts[2].hasPrefix("zram") {
      return true
    }
    if isDeviceFile(parts) { return true }
    if parts.count == 5, parts[1] == "module", parts[3] == "parameters" { return true }
    return parts.count <= 8 && folders.contains { parts.starts(with: $0) }
  }

  /// A file of a device that links in `sys/bus` and `sys/block` lead to, wherever it hangs.
  private static func isDeviceFile(_ parts: [Substring]) -> Bool {
    guard parts.count > 4, parts[1] == "devices", let file = parts.last else { return false }
    let memory: Set<Substring> = [
      "size", "mode", "numa_node", "namespace", "align", "target_node", "memmap_on_memory",
    ]
    let devices: [(prefix: String, files: Set<Substring>)] = [
      ("namespace", memory), ("pfn", memory), ("dax", memory.union(["state"])),
      ("virtio", ["features"]),
      ("zram", ["disksize", "mm_stat"]), ("ram", ["size"]), ("pmem", ["size"]),
    ]
    let device = parts[parts.count - 2]
    return devices.contains { device.hasPrefix($0.prefix) && $0.files.contains(file) }
  }

  /// Files of udev and daxctl that decide what becomes of new memory.
  private static func isSetting(_ parts: [Substring]) -> Bool {
    guard parts.count > 1 else { return parts.first == "etc" }
    let isUdev = parts.count >= 3 && parts[1] == "udev" && parts[2] == "rules.d"
    let isDaxctl = parts[0] == "etc" && parts[1] == "daxctl.conf.d"
    return parts.count <= 4 && isUdev || parts.count <= 3 && isDaxctl
  }

  /// `modules/RELEASE/config`.
  private static func isConfig(_ parts: ArraySlice<Substring>) -> Bool {
    parts.count == 3 && parts.first == "modules" && parts.last == "config"
  }

  /// Output of a command that can stand in for a file.
  private static func isSubstitute(_ name: Substring) -> Bool {
    DumpSubstitutes.kinds.contains { kind in kind.outputs.contains { name.hasPrefix($0) } }
  }

  /// Whether a link there could be on the way to something wanted.
  private static func leadsToWanted(_ parts: ArraySlice<Substring>) -> Bool {
    let ways: [[Substring]] = [
      ["proc"], ["sys", "devices", "system"], ["sys", "kernel"], ["lib"], ["usr", "lib"], ["etc"],
      ["boot"],
    ]
    return ways.contains { $0.starts(with: parts) }
  }
}
