extension RuleExample {
  static let commandLine: [RuleExample] = [
    RuleExample(
      "ZW301",
      on: ["7.x-size-with-fraction", "6.1-size-in-bytes"],
      notOn: ["6.1-two-nodes-kernelcore"]
    ),
    RuleExample(
      "ZW302",
      on: [
        "6.12-movablecore-of-all-memory", "6.1-movable-node-and-size",
        "5.10-hotplug-arguments-too-new", "7.x-cma-512M-beside-movable",
      ],
      notOn: ["6.1-two-nodes-kernelcore", "7.x-hotplug-arguments", "7.x-cma-after"]
    ),
    RuleExample(
      "ZW303",
      on: ["kernelcore-without-value"],
      notOn: ["6.1-two-nodes-kernelcore"],
      unbooted: """
        the kernel dies before it can leave any file; Tests/Fixtures/Crashes has what some of \
        them said.
        """
    ),
    RuleExample(
      "ZW304",
      on: ["7.x-misspelt-arguments"],
      notOn: ["6.1-two-nodes-kernelcore"]
    ),
    RuleExample(
      "ZW305",
      on: ["6.12-node-without-kernel-memory"],
      notOn: ["6.1-hot-added-movable"]
    ),
  ]
}
