package import Advice
package import HostModel
internal import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import Profiles
internal import SourceText

/// Writes a fleet spec to begin with: one class that is like a host, with comments on every key.
package enum SpecTemplate {
  /// - Throws: What the host doesn't tell.
  package static func text(
    _ snapshot: HostSnapshot,
    profile: String
  ) throws(AssessmentError) -> String {
    let facts = try HostFacts(snapshot)
    let architecture = snapshot.architecture.value ?? .x86_64
    let inputs = try? BootLayoutInputs(snapshot: snapshot)
    var lines = [
      "# A fleet spec for zonewise check: one entry of classes for each kind of machine.",
      "# Documentation/fleet-spec.md has every key.",
      "schema: 1",
      "",
      "# What all classes share; a class may say otherwise.",
      "defaults:",
      "  arch: \(architecture.rawValue)",
      "  # A release, a range (\"6.1..6.12\") or a list: every kernel that the machines run.",
      "  kernel: \(YAMLText.quoted(release(snapshot)))",
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
    lines += nodes(facts, inputs)
    lines.append(
      "    # As the kernel sees it; a list, or file: with a boot loader's own file, do too."
    )
    lines.append("    cmdline: \(YAMLText.quoted(commandLine(snapshot)))")
    lines += hugePages(snapshot) + balloons(snapshot)
    lines += [
      "    # Memory that is plugged in while the machine runs; with when: boot, memory that is there.",
      "    # devices:",
      "    #   - {kind: dimm, size: 16GiB, node: 0, count: 2}",
      "    #   - {kind: gpu, size: 96GiB, node: 1}",
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

  private static func release(_ snapshot: HostSnapshot) -> String {
    snapshot.kernel.value.map { "\($0.releaseNumber.series).\($0.releaseNumber.patch)" } ?? "6.12"
  }

  /// Without what the boot loader puts in front, and without init's own arguments.
  private static func commandLine(_ snapshot: HostSnapshot) -> String {
    KernelCommandLineText.arguments(snapshot.commandLine.value ?? "")
      .filter { $0.name != "BOOT_IMAGE" && $0.name != "initrd" }
      .map(\.text).joined(separator: " ")
  }

  private static func nodes(_ facts: HostFacts, _ inputs: BootLayoutInputs?) -> [String] {
    facts.nodes.filter { $0.total > 0 || ($0.cpuCount.value ?? 0) > 0 }.flatMap { node in
      let cpus = node.cpuCount.value.map { "        cpus: \($0)" }
      let ranges =
        inputs?.isExact == true ? inputs?.map.ranges.filter { $0.node == node.node } : nil
      var lines = ["      - id: \(node.node)"]
      if let ranges, !ranges.isEmpty {
        lines.append("        ranges:")
        lines += ranges.map { range in
          let addresses = range.frames.addresses(pageSize: facts.pageSize)
          let first = addresses.start
          let last = addresses.last ?? first
          return
            "          - 0x\(String(first.count, radix: 16))-0x\(String(last.count, radix: 16))"
        }
      } else {
        // Owners count what firmware keeps too: the next whole 128 MiB.
        let size = node.total.roundedUp(to: .mebibytes(128))
        lines.append("        memory: \(GrowthStep.exact(size))")
      }
      return lines + [cpus].compactMap { $0 }
    }
  }

  private static func hugePages(_ snapshot: HostSnapshot) -> [String] {
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

  private static func balloons(_ snapshot: HostSnapshot) -> [String] {
    let names = (snapshot.devices.balloons.value ?? []).compactMap {
      MachineClassReader.name(of: $0.driver)
    }
    return names.isEmpty ? [] : ["    balloon: [\(names.joined(separator: ", "))]"]
  }
}
