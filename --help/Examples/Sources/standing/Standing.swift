import ZonewiseKit

/// Says how a machine stands, and what `kernelcore=` would make of it: `standing [SOURCE]`.
@main
struct Standing {
  static func main() throws(ZonewiseError) {
    let host = try Host(reading: CommandLine.arguments.dropFirst().first)
    print("\(host.name ?? "a machine"), Linux \(host.kernelRelease ?? "of an unknown release")")
    for zone in host.zones {
      let free = zone.free.map { "\($0 >> 20) MiB free" } ?? "free memory not known"
      print("  node \(zone.node) \(zone.name): \(zone.present >> 20) MiB, \(free)")
    }

    let advice = try host.advice(wanting: .max)
    print(advice.summary)
    if let largest = advice.largestSafeMovable {
      print("largest safe Movable: \(largest >> 20) MiB")
    }
    for finding in advice.findings { print("\(finding.severity) \(finding.code): \(finding.message)") }

    for node in try host.nodes(bootedWith: "kernelcore=4G") {
      print("kernelcore=4G: node \(node.number) \(node.kernel >> 20) : \(node.movable >> 20) MiB")
    }
  }
}
