extension RuleFixture {
  private static let small = "6.1-two-nodes-kernelcore"

  static let commandLineFixtures: [RuleFixture] = [
    RuleFixture("size-with-fraction", root: small, change: "kernelcore=1.5G") { root in
      root.set("/proc/cmdline", "console=ttyS0 panic=-1 kernelcore=1.5G")
    },
    RuleFixture(
      "movablecore-of-all-memory",
      root: "6.12-one-node-no-movable",
      change: "movablecore=100%"
    ) { root in
      root.append("movablecore=100%")
    },
    RuleFixture("kernelcore-without-value", root: small, change: "kernelcore") { root in
      root.set("/proc/cmdline", "console=ttyS0 kernelcore")
    },
    RuleFixture("misspelt-argument", root: small, change: "movable_core=1G") { root in
      root.set("/proc/cmdline", "console=ttyS0 movable_core=1G online_policy=auto-movable")
    },
  ]

  static let pinFixtures: [RuleFixture] = [
    RuleFixture("rdma-pinned", root: small, change: "390 MB pinned, an RDMA device") { root in
      rdma(&root)
      root.vmstat(["nr_foll_pin_acquired": 101_000, "nr_foll_pin_released": 1000])
    },
    RuleFixture(
      "rdma-without-room",
      root: small,
      change: "an RDMA device, 8 GiB of Movable, kernel zones nearly full"
    ) { root in
      starve(&root)
      rdma(&root)
    },
    RuleFixture(
      "rdma-with-room",
      root: "6.1-hot-added-movable",
      change: "an RDMA device, services may lock 8 MiB"
    ) { root in
      rdma(&root)
      limits(&root, "8388608")
    },
    RuleFixture(
      "rdma-unlimited",
      root: "6.1-hot-added-movable",
      change: "an RDMA device, services may lock everything"
    ) { root in
      rdma(&root)
      limits(&root, "unlimited")
    },
    RuleFixture("cma-with-vfio", root: small, change: "VFIO, 390 MB CMA") { root in
      root.plainDevices()
      root.set("/sys/class/vfio/12/uevent", "MAJOR=240")
      for node in 0...1 {
        root.zone(node, "DMA32", ["cma": 100_000, "nr_free_cma": 100_000, "free": 110_000])
      }
      root.meminfo(["CmaTotal": 800_000, "CmaFree": 800_000])
    },
    RuleFixture("rdma-on-5.10", root: "5.10-two-nodes-kernelcore", change: "an RDMA device") {
      rdma(&$0)
    },
    RuleFixture(
      "rdma-on-all-movable-node",
      root: "6.12-node-without-kernel-memory",
      change: "an RDMA device"
    ) {
      rdma(&$0)
    },
  ]

  private static func rdma(_ root: inout EditedRoot) {
    root.plainDevices()
    root.set("/sys/class/infiniband/mlx5_0/node_type", "1: CA")
  }

  private static func limits(_ root: inout EditedRoot, _ locked: String) {
    root.set(
      "/proc/1/limits",
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max stack size            8388608              unlimited            bytes
      Max locked memory         \(locked)              \(locked)              bytes
      """
    )
  }
}
