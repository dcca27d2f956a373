internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports
internal import Testing

@Suite("Plans on paper")
struct PlanTableTests {
  private func plan(_ goal: ByteCount) throws -> GrowthPlan {
    try GrowthPlan.growing(
      from: .gibibytes(1),
      to: goal,
      step: .gibibytes(2),
      device: .dimm,
      profile: Profile(name: "test", title: "test"),
      settings: OnliningSettings()
    )
  }

  @Test("every line of the CSV has the same fields, and commas are quoted")
  func csv() throws {
    let lines = PlanTable.csv(try plan(.gibibytes(9))).split(separator: "\r\n")
    #expect(lines.count == 5)
    for line in lines {
      var isQuoted = false
      let commas = line.reduce(0) { count, character in
        if character == "\"" { isQuoted.toggle() }
        return count + (character == "," && !isQuoted ? 1 : 0)
      }
      #expect(commas == 11, "\(line)")
    }
  }

  @Test("no line of the text is wider than 80 columns")
  func width() throws {
    for goal in [ByteCount.gibibytes(9), .gibibytes(200)] {
      for isVerbose in [false, true] {
        let style = TextStyle(isVerbose: isVerbose)
        for line in PlanText.render(try plan(goal), style: style).split(separator: "\n") {
          #expect(line.count <= 80, "\(line)")
        }
      }
    }
  }
}
