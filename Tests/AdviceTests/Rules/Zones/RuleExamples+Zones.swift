extension RuleExample {
  static let zones: [RuleExample] = [
    RuleExample(
      "ZW101",
      on: ["7.x-mostly-movable", "7.x-metadata-bound", "7.x-hot-added-8G-after"],
      notOn: ["6.1-two-nodes-kernelcore", "7.x-hot-added-8G-before"]
    ),
    RuleExample(
      "ZW102",
      on: ["7.x-metadata-bound-until-oom-before"],
      notOn: ["6.1-two-nodes-kernelcore"]
    ),
    RuleExample(
      "ZW103",
      on: ["6.12-node-without-kernel-memory"],
      notOn: ["6.1-two-nodes-kernelcore"]
    ),
    RuleExample(
      "ZW104",
      on: ["7.x-gigantic-pages-after", "7.x-gigantic-at-boot", "7.x-gigantic-in-movable"],
      notOn: ["7.x-gigantic-pages-before", "7.x-gigantic-in-cma", "6.12-huge-pages-after"]
    ),
    RuleExample(
      "ZW105",
      on: ["6.1-i386-unmovable-hugepages-after"],
      notOn: ["6.1-i386-unmovable-hugepages-before", "6.12-huge-pages-after"]
    ),
    RuleExample(
      "ZW106",
      on: ["6.1-page-tables-after", "7.x-page-tables-until-oom-after"],
      notOn: ["6.1-page-tables-before", "7.x-page-tables-until-oom-before"]
    ),
    RuleExample(
      "ZW107",
      on: ["7.x-metadata-bound", "7.x-metadata-bound-until-oom-before"],
      notOn: ["6.1-two-nodes-kernelcore"]
    ),
    RuleExample(
      "ZW108",
      on: ["6.12-hot-added-offline-after", "7.x-offline-described-on-itself-after"],
      notOn: ["6.12-hot-added-offline-before", "6.1-hot-added-movable"]
    ),
    RuleExample(
      "ZW109",
      on: ["7.x-cma-after"],
      notOn: ["7.x-cma-before", "7.x-cma-16M"]
    ),
    RuleExample(
      "ZW110",
      on: ["6.12-slub-debug-after", "7.x-slub-debug-after", "kasan-kernel"],
      notOn: ["6.12-slub-debug-before", "7.x-slub-debug-before"],
      unbooted: """
        KASAN, KMSAN, page_owner, kmemleak and allocation profiling are in no Debian kernel; \
        slub_debug is, and was booted.
        """
    ),
    RuleExample(
      "ZW111",
      on: ["7.x-block-cache-after"],
      notOn: ["7.x-block-cache-before"]
    ),
    RuleExample(
      "ZW112",
      on: ["6.1-ramfs-after", "7.x-secret-after"],
      notOn: ["6.1-ramfs-before", "7.x-secret-before"]
    ),
    RuleExample(
      "ZW113",
      on: ["7.x-locked-after"],
      notOn: ["7.x-locked-before"]
    ),
    RuleExample(
      "ZW114",
      on: ["7.x-anonymous-spills-after"],
      notOn: ["7.x-anonymous-spills-before", "6.12-pin-after", "7.x-generic-vfio-pin-after"]
    ),
    RuleExample(
      "ZW115",
      on: ["7.x-zram-swap-after", "zram-without-compaction"],
      notOn: ["7.x-zram-swap-before"],
      unbooted: """
        no Debian kernel is built without CONFIG_COMPACTION; a zram disk in kernel zones was \
        booted.
        """
    ),
    RuleExample(
      "ZW116",
      on: ["6.12-min-free-after", "6.12-watermark-scale-3000", "6.12-lowmem-reserve-off"],
      notOn: ["6.12-min-free-before"]
    ),
    RuleExample(
      "ZW117",
      on: ["6.1-two-nodes-kernelcore"],
      notOn: ["6.1-hot-added-movable", "7.x-described-on-itself"]
    ),
    RuleExample(
      "ZW118",
      on: ["7.x-optimized-hugepages-after"],
      notOn: ["7.x-optimized-hugepages-before", "6.12-huge-pages-after"]
    ),
    RuleExample(
      "ZW119",
      on: ["6.1-two-nodes-kernelcore"],
      notOn: ["6.12-node-without-kernel-memory"]
    ),
    RuleExample(
      "ZW120",
      on: ["7.x-memory-only-node", "7.x-dax-kmem-after", "cxl-node"],
      notOn: ["6.1-two-nodes-kernelcore"],
      unbooted: """
        QEMU makes no volatile CXL memory before 8.0; nodes without cpus and persistent memory \
        as RAM were booted.
        """
    ),
    RuleExample(
      "ZW122",
      on: ["5.10-one-node-by-lists", "6.1-one-node-by-lists"],
      notOn: ["6.12-two-nodes-kernelcore", "6.12-one-node-no-movable"]
    ),
  ]
}
