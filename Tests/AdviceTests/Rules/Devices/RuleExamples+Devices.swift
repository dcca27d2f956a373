extension RuleExample {
  static let devices: [RuleExample] = [
    RuleExample(
      "ZW201",
      on: ["7.x-generic-vmware-balloon", "hyper-v-balloon"],
      notOn: ["7.x-balloon-after", "6.1-balloon-after"],
      unbooted: """
        Hyper-V's and Xen's balloons need those hypervisors; vmw_balloon was booted, deflated.
        """
    ),
    RuleExample(
      "ZW202",
      on: ["virtio-balloon-without-migration"],
      notOn: ["7.x-balloon-after", "6.1-balloon-after"],
      unbooted: """
        every Debian kernel has CONFIG_BALLOON_COMPACTION or CONFIG_BALLOON_MIGRATION.
        """
    ),
    RuleExample(
      "ZW203",
      on: ["6.1-balloon-after", "7.x-balloon-after"],
      notOn: ["6.1-balloon-before", "7.x-balloon-before"]
    ),
    RuleExample(
      "ZW204",
      on: ["balloon-without-driver"],
      notOn: ["7.x-balloon-after"],
      unbooted: """
        a driver that zonewise does not know would be needed; it knows all that are in Debian's \
        kernels.
        """
    ),
    RuleExample(
      "ZW205",
      on: ["7.x-pmem-legacy-after", "7.x-pmem-map-mem-after", "7.x-device-dax-after"],
      notOn: ["7.x-pmem-legacy-before", "7.x-pmem-map-dev-after", "7.x-dax-kmem-after"]
    ),
    RuleExample(
      "ZW206",
      on: ["7.x-dax-kmem-after"],
      notOn: ["7.x-dax-kmem-before", "7.x-dax-kmem-described-on-itself-after"]
    ),
    RuleExample(
      "ZW207",
      on: ["7.x-hot-added-8G-after", "7.x-virtio-mem-after"],
      notOn: ["7.x-hot-added-8G-before", "7.x-described-on-itself", "7.x-pmem-map-mem-after"]
    ),
    RuleExample(
      "ZW208",
      on: ["7.x-auto-movable-ratio-3", "7.x-auto-movable-ratio-9900"],
      notOn: ["7.x-hot-added-auto-movable"]
    ),
    RuleExample(
      "ZW209",
      on: ["7.x-auto-movable-memory-only-node"],
      notOn: ["7.x-auto-movable-not-numa-aware", "6.1-cxl-auto-movable"]
    ),
    RuleExample(
      "ZW210",
      on: ["7.x-policy-written-later", "7.x-onlined-by-hand"],
      notOn: ["7.x-hot-added-auto-movable"]
    ),
    RuleExample(
      "ZW211",
      on: ["6.1-udev-against-kernel"],
      notOn: ["6.1-udev-onlines-alone"]
    ),
    RuleExample(
      "ZW212",
      on: ["6.12-hot-added-offline-after", "7.x-offline-described-on-itself-after"],
      notOn: ["7.x-hot-added-auto-movable", "6.1-udev-onlines-alone", "6.1-cxl-left-offline"]
    ),
    RuleExample(
      "ZW213",
      on: ["6.1-hot-added-movable", "7.x-hot-added-8G-after"],
      notOn: ["7.x-hot-added-auto-movable"]
    ),
  ]
}
