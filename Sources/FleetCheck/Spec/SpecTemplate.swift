package import Advice
package import HostModel
internal import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import Profiles
internal import SourceText

/// Writes a fleet spec to begin with: one class that is like a host, with comments on every key.
package enum SpecTemplate {
  /// The text for a host. What came to it after the boot stands in it as devices, with the words under
  /// which a machine of the class takes them as the host did.
  ///
  /// - Throws: What the host doesn't tell.
  package static func text(
    _ snapshot: HostSnapshot,
    profile: String
  ) throws(AssessmentError) -> String {
    var template = Template(
      snapshot: snapshot,
      facts: try HostFacts(snapshot),
      inputs: try? BootLayoutInputs(snapshot: snapshot),
      profile: profile
    )
    template.added = template.inputs.flatMap { AddedMemory(snapshot, $0) }
    guard let added = template.added, !added.parts.isEmpty else { return template.text() }
    for words in onlining(snapshot) {
      template.words = words
      if isTwin(template, added) { return template.text() }
    }
    template.words = []
    template.isElsewhere = true
    return template.text()
  }

  /// Words that may say what became of added memory, the likeliest first: the command line's own are
  /// enough, or those of the running settings, or what somebody did by hand.
  private static func onlining(_ snapshot: HostSnapshot) -> [[String]] {
    let line = KernelCommandLineText.arguments(snapshot.commandLine.value ?? "")
    func has(_ name: String) -> Bool { line.contains { $0.normalizedName == name } }
    var policy: [String] = []
    let running = OnliningSettings(snapshot)
    if running.policy.value == .autoMovable, !has("memory_hotplug.online_policy") {
      policy.append("memory_hotplug.online_policy=auto-movable")
    }
    let ratio = running.autoMovableRatio.value
    if ratio != OnliningSettings().autoMovableRatio.value, !has("memory_hotplug.auto_movable_ratio")
    {
      policy.append("memory_hotplug.auto_movable_ratio=\(ratio)")
    }
    if !running.numaAware.value, !has("memory_hotplug.auto_movable_numa_aware") {
      policy.append("memory_hotplug.auto_movable_numa_aware=0")
    }
    var states: [[String]] = [[]]
    if !has("memhp_default_state") {
      states += ["online", "online_movable", "online_kernel", "offline"].map {
        ["memhp_default_state=\($0)"]
      }
    }
    return (policy.isEmpty ? [[]] : [[], policy]).flatMap { words in states.map { $0 + words } }
  }

  /// Whether a machine of the class takes its devices as the host did.
  private static func isTwin(_ template: Template, _ added: AddedMemory) -> Bool {
    let text = Array(template.text().utf8)
    guard let spec = try? FleetSpec(text, file: "fleet.yaml"),
      let own = try? spec.classes(0..<1).first?.get(),
      let made = try? ClassSnapshot.make(own, kernel: own.kernels.first ?? nil),
      let text = EmbeddedProfiles.text("general"),
      let profile = try? ProfileReader.read(text, file: "general.yaml"),
      let machine = try? GrowthMachine(made.snapshot, profile: profile, settings: made.settings)
    else { return false }
    let plan = GrowthPlan(machine, adding: own.devices, source: made.snapshot.source)
    return added.isReproduced(by: plan)
  }
}

/// A spec's text in the making.
private struct Template {
  let snapshot: HostSnapshot
  let facts: HostFacts
  let inputs: BootLayoutInputs?
  let profile: String
  var added: AddedMemory?
  /// Words beside those of the host's command line.
  var words: [String] = []
  /// Whether no words put the added memory where the host has it.
  var isElsewhere = false

  func text() -> String {
    let architecture = snapshot.architecture.value ?? .x86_64
    var lines = [
      "# A fleet spec for zonewise check: one entry of classes for each kind of machine.",
      "# Documentation/fleet-spec.md has every key.",
      "schema: 1",
      "",
      "# What all classes share; a class may say otherwise.",
      "defaults:",
      "  arch: \(architecture.rawValue)",
      "  # A release, a range (\"6.1..6.12\") or a list: every kernel that the machines run.",
      "  kernel: \(YAMLText.quoted(release))",
      "  # What runs there: zonewise profiles list",
      "  profile: \(profile)",
      "",
      "classes:",
      "  - name: \(YAMLText.quoted(snapshot.hostName.value ?? "machine"))",
      "    # How many machines there are of the kind.",
      "    count: 1",
      "    pageSize: \(facts.pageSize.bytes.count >> 10)KiB",
    ]
    if let order = snapshot.maxOrder.value, architecture.hasConfigurableMaxOrder {
      lines.append("    maxOrder: \(order)")
    }
    if let block = snapshot.memoryBlocks.value?.blockSize {
      lines.append("    blockSize: \(GrowthStep.exact(block))")
    }
    lines += ["    # Memory by node: a size, or ranges as the firmware has them.", "    nodes:"]
    lines += nodes
    lines.append(
      "    # As the kernel sees it; a list, or file: with a boot loader's own file, do too."
    )
    lines.append("    cmdline: \(YAMLText.quoted(commandLine))")
    lines += hugePages + balloons + devices
    lines += [
      "    # What firmware keeps of the nodes' memory.",
      "    # reserved: [0x3ff0000000-0x3fffffffff]",
      "    # Whose guests these are: kvm, xen, ...; none for bare metal.",
      "    # hypervisor: none",
      "    # What the kernel itself takes, where it is smaller than a distribution's.",
      "    # kernelBaseline: 32MiB",
      "    # What a balloon may give back at most: it is described from the start.",
      "    # maxMemory: 64GiB",
      "    # What ZONE_MOVABLE is for.",
      "    # goals:",
      "    #   hotUnplug: required",
      "    #   movable: 16GiB",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private var release: String {
    snapshot.kernel.value.map { "\($0.releaseNumber.series).\($0.releaseNumber.patch)" } ?? "6.12"
  }

  /// Without what the boot loader puts in front, and without init's own arguments.
  private var commandLine: String {
    let own = KernelCommandLineText.arguments(snapshot.commandLine.value ?? "")
      .filter { $0.name != "BOOT_IMAGE" && $0.name != "initrd" }
      .map(\.text)
    return (own + words).joined(separator: " ")
  }

  private var nodes: [String] {
    facts.nodes.filter { $0.total > 0 || ($0.cpuCount.value ?? 0) > 0 }.flatMap { node in
      let cpus = node.cpuCount.value.map { "        cpus: \($0)" }
      var lines = ["      - id: \(node.node)"]
      let ranges = (inputs?.map.ranges ?? []).filter { $0.node == node.node }
      if !ranges.isEmpty {
        lines.append("        ranges:")
        lines += ranges.map { range in
          let addresses = range.frames.addresses(pageSize: facts.pageSize)
          let first = addresses.start
          let last = addresses.last ?? first
          return
            "          - 0x\(String(first.count, radix: 16))-0x\(String(last.count, radix: 16))"
        }
      } else {
        // All that a node without boot memory has came later. Owners count what firmware keeps too:
        // the next whole 128 MiB.
        let size = node.total.roundedUp(to: .mebibytes(128))
        lines.append("        memory: \(inputs == nil ? GrowthStep.exact(size) : "0")")
      }
      return lines + [cpus].compactMap { $0 }
    }
  }

  private var hugePages: [String] {
    // What the command line reserves is there already.
    let line = snapshot.commandLine.value ?? ""
    let pools = (snapshot.hugePages.pools.value ?? []).filter { ($0.total.value ?? 0) > 0 }
    guard !pools.isEmpty, !line.contains("hugepages=") else { return [] }
    return ["    hugepages:"]
      + pools.map { pool in
        "      - {size: \(GrowthStep.exact(pool.size)), count: \(pool.total.value ?? 0), "
          + "when: runtime}"
      }
  }

  private var balloons: [String] {
    let names = (snapshot.devices.balloons.value ?? []).compactMap {
      MachineClassReader.name(of: $0.driver)
    }
    return names.isEmpty ? [] : ["    balloon: [\(names.joined(separator: ", "))]"]
  }

  private var devices: [String] {
    let head =
      "    # Memory that is plugged in while the machine runs; with when: boot, memory that is there."
    let steps = (added?.parts ?? []).map(\.step)
    guard !steps.isEmpty else {
      return [
        head, "    # devices:", "    #   - {kind: dimm, size: 16GiB, node: 0, count: 2}",
        "    #   - {kind: gpu, size: 96GiB, node: 1}",
      ]
    }
    var lines = [head]
    if isElsewhere {
      lines.append("    # No setting alone puts it where this host has it: look at its zones.")
    }
    lines.append("    devices:")
    var index = 0
    while index < steps.count {
      let count = steps[index...].prefix { $0 == steps[index] }.count
      lines.append("      - " + Self.device(steps[index], count: count))
      index += count
    }
    return lines
  }

  private static func device(_ step: GrowthStep, count: Int) -> String {
    let mode = step.device == .pmem(.systemRAM) ? ", mode: system-ram" : ""
    return "{kind: \(step.device.kindName)\(mode), size: \(GrowthStep.exact(step.size)), node: "
      + "\(step.node)\(count > 1 ? ", count: \(count)" : "")}"
  }
}
