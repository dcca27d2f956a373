extension RuleExample {
  static let pinning: [RuleExample] = [
    RuleExample(
      "ZW401",
      on: ["6.12-pin-after", "7.x-generic-rdma-pin-after", "7.x-generic-vfio-pin-after"],
      notOn: ["6.12-pin-before", "5.10-pin-after", "7.x-generic-rdma-pin-before"]
    ),
    RuleExample(
      "ZW402",
      on: ["7.x-generic-rdma-without-room"],
      notOn: ["7.x-generic-rdma-with-room"]
    ),
    RuleExample(
      "ZW403",
      on: ["7.x-generic-rdma-with-room"],
      notOn: ["7.x-generic-rdma-unlimited"]
    ),
    RuleExample(
      "ZW404",
      on: ["7.x-generic-rdma-without-room"],
      notOn: ["7.x-generic-rdma-with-room"]
    ),
    RuleExample(
      "ZW405",
      on: ["7.x-generic-cma-with-vfio"],
      notOn: ["7.x-generic-cma-16M-with-rdma"]
    ),
    RuleExample(
      "ZW406",
      on: ["5.10-pin-after", "5.10-generic-rdma"],
      notOn: ["5.10-pin-before"]
    ),
    RuleExample(
      "ZW407",
      on: ["6.12-generic-rdma-on-all-movable-node"],
      notOn: ["7.x-generic-rdma-with-room"]
    ),
  ]
}
