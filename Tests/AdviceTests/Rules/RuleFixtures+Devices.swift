extension RuleFixture {
  private static let small = "6.1-two-nodes-kernelcore"
  private static let new = "7.x-two-nodes-kernelcore"

  static let deviceFixtures: [RuleFixture] = [
    RuleFixture("hyper-v-balloon", root: small, change: "hv_balloon is bound") { root in
      root.plainDevices()
      root.set(
        "/sys/bus/vmbus/drivers/hv_balloon/1eccfd72-4b41-45ef-b73a-4a6e44c12924/uevent",
        "DRIVER=hv_balloon"
      )
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
    RuleFixture("cxl-node", root: cxlRoot, change: "node 1 is CXL memory without cpus") { root in
      cxl(&root, onItself: "0")
    },
    RuleFixture("cxl-unplugged", root: cxlRoot, change: "7.3, and kmem gave node 1 back") { root in
      cxl(&root, onItself: "0")
      root.set("/proc/sys/kernel/osrelease", "7.3.4")
      root.set("/sys/bus/dax/devices/dax0.0/state", "unplugged")
    },
  ]

  private static let cxlRoot = "7.x-node-without-kernel-memory"

  private static func virtioBalloon(_ root: inout EditedRoot) {
    root.plainDevices()
    let folder = "/sys/bus/virtio/drivers/virtio_balloon/virtio0"
    root.set("\(folder)/features", "01000000000000000000000000000000" + "1000")
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
}
