internal import Advice
internal import ArgumentParser

/// `zonewise explain`: what a rule looks for, why it matters and what to do.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule, or list all of them."
  )

  @Argument(help: "A rule's code (ZW101) or name (ratio-over-limit).")
  var rule: String?

  func run() throws {
    guard let rule else {
      for about in RuleRegistry.all.map({ $0.about }) {
        Console.write("\(about.code)  \(about.slug): \(about.title)\n")
      }
      return
    }
    let wanted = rule.lowercased()
    guard
      let about = RuleRegistry.all.map({ $0.about })
        .first(where: { $0.code.lowercased() == wanted || $0.slug == wanted })
    else {
      Console.report("no rule \(rule); zonewise explain lists them")
      throw ExitStatus.usage.error
    }
    Console.write(
      """
      \(about.code) \(about.slug)
      \(about.title)

      \(about.why)

      What to do: \(about.remedy).
      Kernels: \(about.kernels)
      Reference: \(about.reference)

      """
    )
  }
}
