internal import Advice
internal import Foundation
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports
internal import Testing

@Suite("Tables for people")
struct TextTableTests {
  @Test("columns are as wide as their longest entry, and lines have no blanks at their ends")
  func columns() {
    let lines = TextTable.lines(
      [["", "kernel", "Movable", ""], ["node 1000", "4 GiB", "1023 MiB", "kept"], ["all", "0"]],
      leading: [0, 3],
      least: [4]
    )
    #expect(
      lines == [
        "           kernel   Movable", "node 1000   4 GiB  1023 MiB  kept", "all             0",
      ]
    )
  }

  @Test(
    "a plan's sizes stand below one another, however long a device's name is",
    arguments: [72, 80, 120]
  )
  func plan(width: Int) throws {
    let text = try #require(EmbeddedProfiles.text("general"))
    let profile = try ProfileReader.read(text, file: "general.yaml")
    var settings = OnliningSettings()
    settings.defaultState = OnliningSettings.Setting(.online, from: "a test")
    let machine = try GrowthMachine(boot: .gibibytes(64), profile: profile, settings: settings)
    let steps = try ["dimm:1GiB@0", "pmem,mode=devdax,map=mem:768GiB@0", "virtio-mem:1023MiB@0"]
      .map { try #require(step($0)) }
    let plan = GrowthPlan(machine, adding: steps, source: SourceDescription(kind: .live, path: ""))
    let style = TextStyle(width: width, isVerbose: true)
    let lines = PlanText.render(plan, style: style).split(separator: "\n").map(String.init)
    let header = try #require(lines.first { $0.hasPrefix("STEPS") })
    let end = try #require(header.range(of: "total")).upperBound
    let column = header.distance(from: header.startIndex, to: end)
    let verdicts = ["balanced", "tight", "imbalanced", "impossible"]
    let rows = lines.filter { line in verdicts.contains { line.hasSuffix(" " + $0) } }
    #expect(rows.count >= 2)
    for row in rows {
      let upTo = row.prefix(column)
      #expect(upTo.hasSuffix("B") && row.dropFirst(column).first == " ", "\(row)")
    }
  }

  private func step(_ text: String) -> GrowthStep? {
    let parts = text.split(separator: ":")
    let size = parts[1].split(separator: "@")[0]
    let device: HotplugDevice? =
      switch parts[0] {
      case "dimm": .dimm
      case "virtio-mem": .virtioMem
      default: .pmem(.devdax(.memory))
      }
    guard let device, let bytes = ByteCount(text: String(size)) else { return nil }
    return GrowthStep(device: device, size: bytes, node: 0)
  }
}
