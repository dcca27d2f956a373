internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import KernelBehavior
internal import Reports
internal import SourceText

/// `zonewise explain`: the ideas, with the numbers of a host; and what a rule looks for.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a topic with this host's numbers, or a rule; or list all of them.",
    discussion: """
      Examples:
        zonewise explain ratio
        zonewise explain headroom --source host.tar.gz
        zonewise explain ZW101
      """
  )

  @Argument(
    help: ArgumentHelp(
      "Topics (movable, ratio, headroom …), codes (ZW101) or names (ratio-over-limit) of rules; none "
        + "lists them all.",
      valueName: "topic"
    ),
    completion: .list(
      Topic.allCases.map(\.rawValue) + RuleRegistry.descriptions.flatMap { [$0.code, $0.slug] }
    )
  )
  var topics: [String] = []

  @Option(
    help: ArgumentHelp(
      "Whose numbers: a host from elsewhere, as every command takes it; default: this host.",
      valueName: "source"
    ),
    completion: Completions.source
  )
  var source: String?

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func run() throws { try Runner.run(explain) }

  private func explain() throws {
    guard !topics.isEmpty else {
      let width = min(common.style.width, 100)
      Console.write(TopicPage.list(width: width) + "\n" + RulePage.table(width: width))
      let more = "zonewise explain TOPIC or CODE says what there is to know.".wrapped(width)
      Console.write("\n" + more.joined(separator: "\n") + "\n")
      return
    }
    var pages: [String] = []
    var host: Result<Assessment, TopicPage.NoNumbers>?
    for name in topics {
      if let topic = Topic.named(name) {
        let known = try host ?? assessed()
        host = known
        pages.append(TopicPage.text(topic, host: known, style: common.style))
      } else if let about = RuleRegistry.find(name) {
        pages.append(RulePage.text(about, width: min(common.style.width, 100)))
      } else {
        throw UsageFailure(message: Self.unknown(name))
      }
    }
    Console.write(pages.joined(separator: "\n"))
  }

  private static func unknown(_ name: String) -> String {
    let words =
      Topic.allCases.flatMap { [$0.rawValue] + $0.aliases }
      + RuleRegistry.descriptions.flatMap { [$0.code.lowercased(), $0.slug] }
    let near = CommandGuess.nearest(to: name.lowercased(), among: words)
    let hint = near.map { "; did you mean \($0)?" } ?? ";"
    return "no topic and no rule \(name)\(hint) zonewise explain lists them"
  }

  /// The host's numbers. One that was named must be there; this one may have none to tell.
  private func assessed() throws -> Result<Assessment, TopicPage.NoNumbers> {
    var found: Result<Assessment, TopicPage.NoNumbers>?
    do {
      let reader = SourceReader(source, stated: .init(), collection: .init())
      _ = try reader.machines(for: .use, text: { _ in false }) { machine in
        guard found == nil else { return }
        switch machine {
        case .failure(let unread):
          found = .failure(TopicPage.NoNumbers("\(unread.name): \(unread.reason)"))
        case .success(let machine):
          do {
            found = .success(try profileOptions.assess(machine, want: nil, needs: []))
          } catch let failure as any CommandFailure {
            found = .failure(TopicPage.NoNumbers(failure.reported))
          }
        }
      }
    } catch let failure as any CommandFailure {
      guard source == nil else { throw failure }
      return .failure(TopicPage.NoNumbers(failure.reported))
    }
    guard let found else { return .failure(TopicPage.NoNumbers("no machine in it")) }
    if source != nil, case .failure(let reason) = found {
      throw NothingJudged(message: reason.text)
    }
    return found
  }
}
