internal import Advice
internal import ArgumentParser

/// `zonewise explain`: what a rule looks for, why it matters and what to do.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule, or list all of them."
  )

  @Argument(help: "Codes (ZW101) or names (ratio-over-limit) of rules; none lists them all.")
  var rules: [String] = []

  func run() throws { try Runner.run(explain) }

  private func explain() throws {
    let width = min(max(Console.width ?? 80, 60), 100)
    guard !rules.isEmpty else {
      Console.write(RulePage.table(width: width))
      Console.write("\nzonewise explain CODE says what a rule knows.\n")
      return
    }
    var pages: [String] = []
    for rule in rules {
      guard let about = RuleRegistry.find(rule) else {
        throw UsageFailure(message: "no rule \(rule); zonewise explain lists them")
      }
      pages.append(RulePage.text(about, width: width))
    }
    Console.write(pages.joined(separator: "\n"))
  }
}
