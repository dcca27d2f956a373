extension RuleFixture {
  private static let small = "6.1-two-nodes-kernelcore"
  private static let new = "7.x-two-nodes-kernelcore"
  private static let hot = "7.x-hot-added-auto-movable"
  private static let parameters = "/sys/module/memory_hotplug/parameters"

  static let deviceFixtures: [RuleFixture] = [
    RuleFixture("hyper-v-balloon", root: small, change: "hv_balloon is bound") { root in
      root.plainDevices()
      root.set(
        "/sys/bus/vmbus/drivers/hv_balloon/1eccfd72-4b41-45ef-b73a-4a6e44c12924/uevent",
        "DRIVER=hv_balloon"
      )
    },
    RuleFixture(
      "virtio-balloon-inflated",
      root: new,
      change: "600 MB in a virtio balloon, part of it from DMA32"
    ) { root in
      virtioBalloon(&root)
      root.vmstat(["nr_balloon_pages": 150_000, "balloon_inflate": 150_000])
      root.zone(0, "DMA32", ["managed": 98_000, "free": 91_752])
      root.zone(1, "DMA32", ["managed": 90_687, "free": 85_019])
      root.zone(0, "Movable", ["managed": 80_843, "free": 80_843])
      root.zone(1, "Movable", ["managed": 81_827, "free": 81_435])
    },
    RuleFixture("virtio-balloon-deflated", root: new, change: "an empty virtio balloon") { root in
      virtioBalloon(&root)
      root.vmstat(["nr_balloon_pages": 0])
    },
    RuleFixture(
      "virtio-balloon-without-migration",
      root: small,
      change: "200 MB in a virtio balloon; no balloon_migrate"
    ) { root in
      virtioBalloon(&root)
      root.vmstat(["balloon_inflate": 50_000, "balloon_deflate": 0, "balloon_migrate": nil])
      root.option("BALLOON_COMPACTION", "# CONFIG_BALLOON_COMPACTION is not set")
      root.zone(0, "DMA32", ["managed": 78_000, "free": 73_964])
    },
    RuleFixture("balloon-without-driver", root: new, change: "balloon pages, no driver") { root in
      root.plainDevices()
      root.vmstat(["nr_balloon_pages": 20_000])
      root.zone(0, "DMA32", ["managed": 108_000, "free": 101_752])
    },
    RuleFixture("pmem-map-mem", root: small, change: "16 GiB of pmem with map=mem") { root in
      pmem(&root, mode: "ram")
    },
    RuleFixture(
      "pmem-legacy",
      root: small,
      change: "4 GiB of memmap= persistent memory, claimed by no page-map device"
    ) { root in
      root.plainDevices()
      root.set("/sys/bus/nd/devices/namespace0.0/mode", "memory")
      root.set("/sys/bus/nd/devices/namespace0.0/size", "4294967296")
      root.set("/sys/bus/nd/devices/namespace0.0/numa_node", "0")
    },
    RuleFixture("pmem-map-dev", root: small, change: "16 GiB of pmem with map=dev") { root in
      pmem(&root, mode: "pmem")
    },
    RuleFixture("cxl-node", root: cxlRoot, change: "node 1 is CXL memory without cpus") { root in
      cxl(&root, onItself: "0")
    },
    RuleFixture(
      "cxl-node-described-on-itself",
      root: cxlRoot,
      change: "the same with memmap_on_memory on twice"
    ) { root in
      cxl(&root, onItself: "1")
      root.set("\(parameters)/memmap_on_memory", "Y")
    },
    RuleFixture(
      "cxl-node-auto-movable",
      root: cxlRoot,
      change: "the same with auto-movable, and blocks offline on node 1"
    ) { root in
      cxl(&root, onItself: "0")
      root.set("\(parameters)/online_policy", "auto-movable")
      root.offlineBlocks(64...67, node: 1)
    },
    RuleFixture("hot-added-much", root: hot, change: "256 MiB of descriptors") { root in
      root.plainDevices()
      root.vmstat(["nr_memmap_pages": 65_536])
      root.zone(0, "DMA32", ["free": 405_011])
    },
    RuleFixture("auto-movable-ratio-3", root: hot, change: "auto_movable_ratio is 3") { root in
      root.set("\(parameters)/auto_movable_ratio", "3")
    },
    RuleFixture("policy-written-later", root: hot, change: "contig-zones in force") { root in
      root.set("\(parameters)/online_policy", "contig-zones")
    },
    RuleFixture(
      "udev-against-kernel",
      root: "6.1-hot-added-movable",
      change: "a udev rule says online"
    ) { root in
      udev(&root, "online")
    },
    RuleFixture("udev-onlines-alone", root: small, change: "a udev rule says online") { root in
      udev(&root, "online")
    },
    RuleFixture(
      "quiet-udev",
      root: hot,
      change: "udev rules, none of which is about memory"
    ) { root in
      root.plainDevices()
    },
  ]

  private static let cxlRoot = "7.x-node-without-kernel-memory"

  private static func virtioBalloon(_ root: inout EditedRoot) {
    root.plainDevices()
    let folder = "/sys/bus/virtio/drivers/virtio_balloon/virtio0"
    root.set("\(folder)/features", "01000000000000000000000000000000" + "1000")
  }

  private static func pmem(_ root: inout EditedRoot, mode: String) {
    root.plainDevices()
    for (name, file, text) in [
      ("namespace0.0", "mode", "memory"), ("namespace0.0", "size", "17179869184"),
      ("namespace0.0", "numa_node", "0"), ("pfn0.0", "mode", mode),
      ("pfn0.0", "size", "17177772032"), ("pfn0.0", "namespace", "namespace0.0"),
      ("pfn0.0", "numa_node", "0"),
    ] {
      root.set("/sys/bus/nd/devices/\(name)/\(file)", text)
    }
  }

  private static func cxl(_ root: inout EditedRoot, onItself: String) {
    root.plainDevices()
    root.set("/sys/devices/system/node/node1/cpulist", "")
    root.set("/sys/bus/cxl/devices/mem0/uevent", "DEVTYPE=cxl_memdev")
    root.set("/sys/bus/cxl/devices/region0/uevent", "DEVTYPE=cxl_region")
    root.set("/sys/bus/dax/drivers/kmem/dax0.0/uevent", "DRIVER=kmem")
    for (file, text) in [
      ("size", "536870912"), ("align", "2097152"), ("target_node", "1"),
      ("memmap_on_memory", onItself),
    ] {
      root.set("/sys/bus/dax/devices/dax0.0/\(file)", text)
    }
  }

  private static func udev(_ root: inout EditedRoot, _ state: String) {
    root.plainDevices()
    root.set(
      "/etc/udev/rules.d/40-memory.rules",
      """
      # Memory hot-add
      SUBSYSTEM=="memory", ACTION=="add", DEVPATH=="/devices/system/memory/memory[0-9]*", \\
        ATTR{state}=="offline", ATTR{state}="\(state)"
      """
    )
  }
}
