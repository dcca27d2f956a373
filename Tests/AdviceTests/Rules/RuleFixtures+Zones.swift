extension RuleFixture {
  private static let small = "6.1-two-nodes-kernelcore"

  static let zoneFixtures: [RuleFixture] = [
    RuleFixture("kasan-kernel", root: small, change: "CONFIG_KASAN=y") { root in
      root.option("KASAN", "CONFIG_KASAN=y")
    },
    RuleFixture(
      "zram-without-compaction",
      root: small,
      change: "a 1 GiB zram disk; CONFIG_COMPACTION is not set"
    ) { root in
      zram(&root)
      root.option("COMPACTION", "# CONFIG_COMPACTION is not set")
    },
    RuleFixture("without-counters", root: small, change: "no meminfo, no vmstat") { root in
      root.remove("/proc/meminfo")
      root.remove("/proc/vmstat")
    },
    RuleFixture("future-kernel", root: small, change: "the kernel calls itself 8.4.0") { root in
      let old = root.text("/proc/version").split(separator: " ")
      root.set("/proc/version", "Linux version 8.4.0 " + old.dropFirst(3).joined(separator: " "))
      root.set("/proc/sys/kernel/osrelease", "8.4.0")
    },
    RuleFixture("booted-otherwise", root: small, change: "the command line names another size") {
      root in
      root.set("/proc/cmdline", "console=ttyS0 kernelcore=1200M")
    },
    RuleFixture("android-zones", root: small, change: "Movable of node 1 is called NoSplit") {
      root in
      let text = root.text("/proc/zoneinfo").split(separator: "Node 1", maxSplits: 1)
      let rest = text[1].replacing("Movable", with: "NoSplit").replacing("Node 1", with: "Node 1")
      root.set("/proc/zoneinfo", text[0] + "Node 1" + rest)
    },
  ]

  private static func zram(_ root: inout EditedRoot) {
    root.plainDevices()
    root.set("/sys/block/zram0/disksize", "1073741824")
    root.set("/sys/block/zram0/mm_stat", "4096 74 12288 0 12288 0 0 0 0")
  }
}
