extension RuleFixture {
  static let commandLineFixtures: [RuleFixture] = [
    RuleFixture(
      "kernelcore-without-value",
      root: "6.1-two-nodes-kernelcore",
      change: "kernelcore"
    ) { root in
      root.set("/proc/cmdline", "console=ttyS0 kernelcore")
    }
  ]
}
