internal import Foundation
internal import HostCollection
internal import HostModel
internal import TestSupport
internal import Testing

@Suite("Archives: what stands in for missing files")
struct DumpSubstitutesTests {
  /// A root's files by their paths below it.
  private func files(_ root: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      let path = "\(root)/\(name)"
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
      guard !isLink, !FileManager.default.isDirectory(path) else { continue }
      files[name] = Array(try Data(contentsOf: URL(filePath: path)))
    }
    return files
  }

  private func collect(_ files: [String: [UInt8]]) throws -> HostSnapshot {
    var tar = TarMaker()
    for (name, contents) in files.sorted(by: { $0.key < $1.key }) where name.utf8.count < 90 {
      tar.add("sos/" + name, contents: contents)
    }
    let folder = try TemporaryFolder()
    return try ArchiveSourceTests.collect(try folder.write(tar.finished, "host.tar"))
  }

  private var root: String {
    get throws { try #require(Roots.all.first { $0.contains("6.12-two-nodes") }) }
  }

  @Test("lsmem stands in for the memory blocks of sysfs")
  func memoryBlocks() throws {
    var files = try files(root)
    let whole = try ArchiveSourceTests.collect(root)
    let table = try #require(whole.memoryBlocks.value)
    files = files.filter { !$0.key.hasPrefix("sys/devices/system/memory/") }
    var rows = ["RANGE SIZE STATE REMOVABLE ZONES NODE BLOCK"]
    for block in table.blocks {
      let start = String(table.blockSize.count * block.number, radix: 16)
      let zones = block.validZones.value?.map(\.name).joined(separator: "/") ?? "None"
      rows.append(
        "0x\(start)-0x\(start) 128M online yes \(zones.isEmpty ? "None" : zones) "
          + "\(block.nodes.first?.number ?? 0) \(block.number)"
      )
    }
    rows += ["", "Memory block size: \(table.blockSize.count >> 20)M"]
    files["sos_commands/memory/lsmem_-a"] = Array(rows.joined(separator: "\n").utf8)
    let found = try collect(files)
    let blocks = try #require(found.memoryBlocks.value)
    #expect(blocks.blockSize == table.blockSize)
    #expect(blocks.blocks.map(\.number) == table.blocks.map(\.number))
    #expect(blocks.blocks.map(\.validZones) == table.blocks.map(\.validZones))
    #expect(blocks.blocks.map { $0.nodes.first } == table.blocks.map { $0.nodes.first })
    #expect(found.substitutes.contains { $0.from == "sos_commands/memory/lsmem_-a" })
  }

  private func collect(lsmem rows: [String]) throws -> HostSnapshot {
    var files = try files(root).filter { !$0.key.hasPrefix("sys/devices/system/memory/") }
    let text = ["RANGE SIZE STATE REMOVABLE ZONES NODE BLOCK"] + rows + ["Memory block size: 128M"]
    files["sos_commands/memory/lsmem_-a"] = Array(text.joined(separator: "\n").utf8)
    return try collect(files)
  }

  @Test("a range of lsmem is each of its blocks, with all of its zones")
  func ranges() throws {
    let found = try collect(lsmem: [
      "0x0-0x7ffffff 128M online yes None 0 0",
      "0x8000000-0x1ffffffffff 2T online yes Normal/Movable 1 1-16383",
      "0x20000000000-0x20007ffffff 128M offline - Movable 1 16384",
    ])
    let blocks = try #require(found.memoryBlocks.value?.blocks)
    #expect(blocks.map(\.number) == Array(0...16384))
    #expect(blocks.first?.validZones == .known([]) && blocks.first?.nodes == [0])
    #expect(blocks[1..<16384].allSatisfy { $0.validZones == .known([.normal, .movable]) })
    #expect(blocks[1..<16384].allSatisfy { $0.state == .known(.online) && $0.nodes == [1] })
    #expect(blocks.last?.state == .known(.offline))
  }

  @Test(
    "a table of lsmem that leaves out something stands in for nothing",
    arguments: [
      // No zones in a row, blocks told twice, backwards, more than a host has.
      ["0x0-0x7ffffff 128M online yes Normal 0 0", "0x8000000-0xfffffff 128M offline - 0 1"],
      [
        "0x0-0xfffffff 256M online yes Normal 0 0-1", "0x8000000-0xfffffff 128M offline - None 0 1",
      ],
      ["0x0-0xfffffff 256M online yes Normal 0 1-0"],
      ["0x0-0xfffffff 256M online yes Normal 0 0-99999999"],
    ]
  )
  func notWhole(rows: [String]) throws {
    let found = try collect(lsmem: rows)
    #expect(found.memoryBlocks.value == nil)
    #expect(!found.substitutes.contains { $0.from.contains("lsmem") })
  }

  @Test("numactl stands in for cpus and distances, zoneinfo for a node's vmstat")
  func nodes() throws {
    var files = try files(root)
    let whole = try ArchiveSourceTests.collect(root)
    files = files.filter {
      !$0.key.hasSuffix("/cpulist") && !$0.key.hasSuffix("/distance")
        && !$0.key.hasSuffix("/vmstat")
        || $0.key == "proc/vmstat"
    }
    var text = "available: 2 nodes (0-1)\n"
    for node in whole.nodes.value ?? [] {
      let cpus = (0..<(node.cpuCount.value ?? 0)).map { "\($0)" }.joined(separator: " ")
      text += "node \(node.id) cpus: \(cpus)\nnode \(node.id) size: 4000 MB\n"
    }
    text += "node distances:\nnode   0   1\n"
    for node in whole.nodes.value ?? [] {
      let distances = (node.distances.value ?? []).map { "\($0)" }.joined(separator: "  ")
      text += "  \(node.id):  \(distances)\n"
    }
    files["sos_commands/numa/numactl_--hardware"] = Array(text.utf8)
    let found = try collect(files)
    #expect(found.nodes.value?.map(\.cpuCount) == whole.nodes.value?.map(\.cpuCount))
    #expect(found.nodes.value?.map(\.distances) == whole.nodes.value?.map(\.distances))
    for (node, expected) in zip(found.nodes.value ?? [], whole.nodes.value ?? []) {
      for counter in [MemoryCounter.slabUnreclaimable, .pageTables, .mlocked] {
        let value = try #require(node.vmstat.value?[counter].value)
        let real = try #require(expected.vmstat.value?[counter].value)
        // The two files are read one after the other, and counters are batched per cpu.
        #expect(value.distance(to: real) < 200, "\(counter.text)")
      }
    }
  }

  @Test("uname, hostname, dmesg and modules' config stand in for the kernel's own files")
  func identity() throws {
    var files = try files(root)
    for name in [
      "proc/sys/kernel/osrelease", "proc/version", "proc/sys/kernel/hostname",
      "proc/sys/kernel/arch", "proc/cmdline",
    ] { files[name] = nil }
    files = files.filter { !$0.key.hasPrefix("boot/") && !$0.key.hasPrefix("var/") }
    files["sos_commands/kernel/uname_-a"] = Array(
      "Linux db-17 6.12.9-test #1 SMP Debian 6.12.9-1 (2026-01-01) x86_64 GNU/Linux\n".utf8
    )
    files["sos_commands/kernel/dmesg"] = Array(
      "[    0.000000] Linux version 6.12.9\n[    0.000000] Command line: quiet kernelcore=2G\n".utf8
    )
    files["lib/modules/6.12.9-test/config"] = Array("CONFIG_X86_64=y\nCONFIG_NUMA=y\n".utf8)
    let found = try collect(files)
    #expect(found.kernel.value?.release == "6.12.9-test")
    #expect(found.hostName.value == "db-17")
    #expect(found.architecture.value == .x86_64)
    #expect(found.commandLine.value == "quiet kernelcore=2G")
    #expect(found.kernelConfig.value?[KernelOption("NUMA")] == .yes)
    #expect(found.substitutes.count >= 5)
  }

  @Test(
    "daxctl stands in for the DAX bus, and for no other bus",
    arguments: [
      "sos_commands/pmem/daxctl_list_-iDR", "sos_commands/cxl/daxctl_list_-iDRM",
      "sos_commands/pmem/daxctl_list",
    ]
  )
  func daxDevices(path: String) throws {
    var files = try files(root).filter { !$0.key.hasPrefix("sys/bus/") }
    let devices = """
      [{"chardev":"dax0.0","size":1598128390144,"target_node":2,"align":2097152,"mode":"system-ram",
        "online_memblocks":100,"total_memblocks":100,"movable":true},
       {"chardev":"dax1.0","size":"1488.37 GiB (1598.13 GB)","mode":"devdax"}]
      """
    let regions = #"[{"path":"/platform/e820_pmem/region0","id":0,"size":3196256780288,"devices":"#
    files[path] = Array((path.contains("_-iDR") ? regions + devices + "}]" : devices).utf8)
    let found = try collect(files)
    let dax = try #require(found.devices.dax.value)
    #expect(dax.map(\.name) == ["dax0.0", "dax1.0"])
    #expect(dax.map(\.driver) == [.kmem, .deviceDAX])
    #expect(dax[0].size.value == 1_598_128_390_144)
    #expect(dax[0].node.value == 2)
    #expect(dax[1].size.value == nil)
    #expect(found.devices.virtioMem.value == nil)
    #expect(found.substitutes.contains(Substitute(input: "/sys/bus/dax", from: path)))
  }

  @Test(
    "what is not daxctl's stands in for nothing",
    arguments: ["[{", "{\"chardev\":", "[1]", "[{}, 2]"]
  )
  func notDaxctl(text: String) throws {
    var files = try files(root).filter { !$0.key.hasPrefix("sys/bus/") }
    files["sos_commands/cxl/daxctl_list"] = Array(text.utf8)
    #expect(try collect(files).devices.dax.value == nil)
  }

  @Test("sysctl stands in for settings", arguments: ["sos_commands/kernel", "insights_commands"])
  func settings(folder: String) throws {
    let whole = try ArchiveSourceTests.collect(root)
    var files = try files(root)
    var lines = ["kernel.osrelease = 0.0", "vm.overcommit_memory = 0"]
    for (name, contents) in files where name.hasPrefix("proc/sys/vm/") {
      let value = String(decoding: contents, as: UTF8.self).split(separator: "\n").first ?? ""
      lines.append("vm.\(name.dropFirst("proc/sys/vm/".count)) = \(value)")
    }
    files = files.filter { !$0.key.hasPrefix("proc/sys/vm/") }
    files["\(folder)/sysctl_-a"] = Array(lines.joined(separator: "\n").utf8)
    let found = try collect(files)
    #expect(found.onlining == whole.onlining && found.virtualMemory == whole.virtualMemory)
  }

  @Test("an insights archive has no zones, and is told what to bring instead")
  func insights() throws {
    var tar = TarMaker()
    let files = try files(root)
    tar.add("insights-db-17-20261123/insights_archive.txt", contents: [])
    for name in ["meminfo", "buddyinfo", "cmdline"] {
      let contents = try #require(files["proc/\(name)"])
      tar.add("insights-db-17-20261123/data/proc/\(name)", contents: contents)
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(tar.finished, "insights.tar.gz")
    let error = #expect(throws: CollectionError.self) { try ArchiveSourceTests.collect(path) }
    #expect(error?.description.contains("sosreport") == true)
  }

  @Test("a supportconfig's text files are read section by section")
  func supportconfig() throws {
    let files = try files(root)
    func section(_ kind: String, _ title: String, _ contents: [UInt8]) -> [UInt8] {
      Array("#==[ \(kind) ]======================================#\n# \(title)\n".utf8) + contents
        + [0x0A]
    }
    var memory = Array("#=====================\n# supportconfig\n\n".utf8)
    for name in ["meminfo", "vmstat", "zoneinfo", "buddyinfo"] {
      // supportutils takes blank lines and comments out of files.
      let contents = try #require(files["proc/\(name)"]).split(separator: 0x0A).joined(separator: [
        0x0A
      ])
      memory += section("Configuration File", "/proc/\(name)", Array(contents) + [0x0A])
    }
    memory += section(
      "Command",
      "/sbin/sysctl -a 2>/dev/null | grep ^vm",
      Array("vm.min_free_kbytes = 67584\n".utf8)
    )
    var environment = section(
      "Command",
      "/bin/uname -a",
      Array("Linux sles 6.4.0-150600.21-default #1 SMP x86_64 x86_64 GNU/Linux\n".utf8)
    )
    environment += section(
      "Configuration File",
      "/etc/os-release",
      Array("NAME=\"SLES\"\nPRETTY_NAME=\"SUSE Linux Enterprise Server 15 SP6\"\n".utf8)
    )
    environment += section("Configuration File", "/etc/SuSE-release - File not found", [])
    environment += section("Configuration File", "/proc/../../etc/shadow", Array("x\n".utf8))
    var tar = TarMaker()
    tar.add("scc_sles_260101_0000/memory.txt", contents: memory)
    tar.add("scc_sles_260101_0000/basic-environment.txt", contents: environment)
    let folder = try TemporaryFolder()
    let found = try ArchiveSourceTests.collect(try folder.write(tar.finished, "scc.txz"))
    let whole = try ArchiveSourceTests.collect(root)
    #expect(found.zoneinfo == whole.zoneinfo)
    #expect(found.meminfo == whole.meminfo)
    #expect(found.kernel.value?.release == "6.4.0-150600.21-default")
    #expect(found.operatingSystem.value == "SUSE Linux Enterprise Server 15 SP6")
    #expect(found.substitutes.contains(Substitute(input: "/proc/zoneinfo", from: "memory.txt")))
  }
}
