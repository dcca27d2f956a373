extension RuleFixture {
  private static let small = "6.1-two-nodes-kernelcore"
  private static let hot = "7.x-hot-added-auto-movable"

  static let zoneFixtures: [RuleFixture] = [
    RuleFixture(
      "starved-by-movable",
      root: small,
      change: "Movable of node 0 is 8 GiB; kernel zones are nearly full"
    ) { root in
      starve(&root)
    },
    RuleFixture(
      "gigantic-at-run-time",
      root: hot,
      change: "a 1 GiB page taken from DMA32"
    ) { root in
      root.hugePages(1_048_576, node: 0, total: 1, free: 1)
      root.zone(0, "DMA32", ["free": 208_403])
    },
    RuleFixture(
      "hugepages-2M",
      root: hot,
      change: "100 huge pages of 2 MiB taken from Movable"
    ) { root in
      root.hugePages(2048, node: 0, total: 100, free: 100)
      root.zone(0, "Movable", ["free": 210_889])
    },
    RuleFixture(
      "hugepages-without-migration",
      root: small,
      change: "an s390x release; 100 huge pages taken from DMA32"
    ) { root in
      root.set("/proc/sys/kernel/osrelease", "6.1.0-56-s390x")
      root.remove("/proc/version")
      root.hugePages(2048, node: 0, total: 100, free: 100)
      root.zone(0, "DMA32", ["free": 72_764])
    },
    RuleFixture(
      "page-table-bomb",
      root: small,
      change: "40000 pages of page tables on node 0"
    ) { root in
      root.zone(0, "DMA", ["nr_page_table_pages": 40_000])
      root.zone(0, "DMA32", ["free": 83_964])
      root.meminfo(["PageTables": 160_012, "AnonPages": 409_600, "Mapped": 20_480])
    },
    RuleFixture(
      "dimm-left-offline",
      root: small,
      change: "8 blocks more, offline; nothing onlines them"
    ) { root in
      root.plainDevices()
      root.offlineBlocks(32...39)
    },
    RuleFixture("cma-half", root: small, change: "310 MiB of node 0 are CMA") { root in
      root.plainDevices()
      root.zone(0, "DMA32", ["cma": 80_000, "nr_free_cma": 70_000])
      root.meminfo(["CmaTotal": 320_000, "CmaFree": 280_000])
    },
    RuleFixture("cma-small", root: small, change: "16 MiB of node 0 are CMA") { root in
      root.plainDevices()
      root.zone(0, "DMA32", ["cma": 4096, "nr_free_cma": 4000])
      root.meminfo(["CmaTotal": 16_384, "CmaFree": 16_000])
    },
    RuleFixture("kasan-kernel", root: small, change: "CONFIG_KASAN=y") { root in
      root.option("KASAN", "CONFIG_KASAN=y")
    },
    RuleFixture("raw-disk-read", root: small, change: "300 MB of Buffers in DMA32") { root in
      root.zone(0, "DMA32", ["nr_zone_inactive_file": 75_000, "free": 48_964])
      root.meminfo(["Buffers": 300_000])
    },
    RuleFixture("ramfs-files", root: small, change: "200 MiB of ramfs in DMA32") { root in
      root.zone(0, "DMA32", ["nr_zone_unevictable": 51_200, "free": 72_764])
      root.meminfo(["Unevictable": 204_800])
    },
    RuleFixture(
      "locked-in-kernel-zone",
      root: small,
      change: "80 MB locked in DMA32; compaction must not touch it"
    ) { root in
      root.zone(0, "DMA32", ["nr_mlock": 20_000, "nr_zone_unevictable": 20_000, "free": 103_964])
      root.set("/proc/sys/vm/compact_unevictable_allowed", "0")
    },
    RuleFixture(
      "spilled-without-swap",
      root: small,
      change: "400 MB of anonymous pages in DMA32, Movable free, no swap"
    ) { root in
      root.zone(0, "DMA32", ["nr_zone_inactive_anon": 100_000, "free": 23_964])
    },
    RuleFixture(
      "zram-without-compaction",
      root: small,
      change: "a 1 GiB zram disk; CONFIG_COMPACTION is not set"
    ) { root in
      zram(&root)
      root.option("COMPACTION", "# CONFIG_COMPACTION is not set")
    },
    RuleFixture("zram-with-compaction", root: small, change: "a 1 GiB zram disk") { zram(&$0) },
    RuleFixture("min-free-too-large", root: small, change: "vm.min_free_kbytes=240000") { root in
      for node in 0...1 {
        root.zone(node, "DMA32", ["min": 30_000, "low": 37_500, "high": 45_000])
      }
      root.set("/proc/sys/vm/min_free_kbytes", "240000")
    },
    RuleFixture(
      "optimized-hugepages",
      root: small,
      change: "400 optimised huge pages in Movable; DMA32 nearly full"
    ) { root in
      root.hugePages(2048, node: 0, total: 200)
      root.hugePages(2048, node: 1, total: 200)
      root.set("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "400")
      root.set("/proc/sys/vm/hugetlb_optimize_vmemmap", "1")
      for node in 0...1 {
        root.zone(node, "DMA32", ["free": 5000])
        root.zone(node, "Movable", ["free": 23_000])
      }
    },
    RuleFixture(
      "driver-takes-pages",
      root: small,
      change: "60000 pages less free in each DMA32, in no counter"
    ) { root in
      root.zone(0, "DMA32", ["free": 63_964])
      root.zone(1, "DMA32", ["free": 56_245])
    },
    RuleFixture("without-counters", root: small, change: "no meminfo, no vmstat") { root in
      root.remove("/proc/meminfo")
      root.remove("/proc/vmstat")
    },
    RuleFixture("android-zones", root: small, change: "Movable of node 1 is called NoSplit") {
      root in
      let text = root.text("/proc/zoneinfo").split(separator: "Node 1", maxSplits: 1)
      let rest = text[1].replacing("Movable", with: "NoSplit").replacing("Node 1", with: "Node 1")
      root.set("/proc/zoneinfo", text[0] + "Node 1" + rest)
    },
  ]

  /// Leaves node 0 with 8 GiB of Movable and next to no free kernel memory on either node.
  static func starve(_ root: inout EditedRoot) {
    root.zone(
      0,
      "Movable",
      [
        "spanned": 2_097_152, "present": 2_097_152, "managed": 2_090_000, "free": 2_000_000,
      ]
    )
    root.zone(0, "DMA", ["free": 600])
    root.zone(0, "DMA32", ["free": 4000])
    root.zone(1, "DMA32", ["free": 4000])
    root.meminfo(["MemTotal": 9_870_000])
  }

  private static func zram(_ root: inout EditedRoot) {
    root.plainDevices()
    root.set("/sys/block/zram0/disksize", "1073741824")
    root.set("/sys/block/zram0/mm_stat", "4096 74 12288 0 12288 0 0 0 0")
  }
}
