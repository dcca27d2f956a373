extension RuleExample {
  static let inputs: [RuleExample] = [
    RuleExample(
      "ZW901",
      on: ["7.x-without-sysfs", "without-counters"],
      notOn: ["6.1-two-nodes-kernelcore", "6.1-i386-unmovable-hugepages-before"],
      unbooted: "a kernel always has meminfo and vmstat; a host without /sys was booted."
    ),
    RuleExample(
      "ZW902",
      on: ["android-zones"],
      notOn: ["6.1-two-nodes-kernelcore"],
      unbooted: "Debian builds no kernel with Android's or ChromeOS' changes."
    ),
    RuleExample(
      "ZW903",
      on: ["7.x-pipes-after"],
      notOn: ["7.x-pipes-before"]
    ),
    RuleExample(
      "ZW904",
      on: ["booted-otherwise"],
      notOn: ["6.1-two-nodes-kernelcore", "6.1-blocks-offline-after"],
      unbooted: "every kernel that was booted made the zones that are predicted."
    ),
    RuleExample(
      "ZW905",
      on: ["future-kernel"],
      notOn: ["7.x-pipes-before", "6.1-two-nodes-kernelcore"],
      unbooted: "there is no newer kernel yet."
    ),
  ]
}
