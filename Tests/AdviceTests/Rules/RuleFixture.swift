internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
internal import TestSupport
internal import Testing

/// A host that shows a risk, or doesn't: a recorded root, as it is or with edits that are named.
struct RuleFixture: Sendable {
  var name: String
  /// The root under Tests/Fixtures/Roots.
  var root: String
  /// What was changed in it; empty for a root as it was recorded.
  var change: String
  var edit: @Sendable (inout EditedRoot) -> Void

  init(
    _ name: String,
    root: String,
    change: String,
    edit: @escaping @Sendable (inout EditedRoot) -> Void
  ) {
    self.name = name
    self.root = root
    self.change = change
    self.edit = edit
  }

  /// A root as a kernel left it.
  init(recorded name: String) {
    self.init(name, root: name, change: "") { _ in }
  }

  func source() throws -> EditedRoot {
    var source = try #require(EditedRoot(root), "no root \(root)")
    edit(&source)
    return source
  }

  func snapshot() throws -> HostSnapshot { try HostCollector.collect(from: try source()) }

  func assess() throws -> Assessment {
    try Advisor.assess(try snapshot(), profile: try Self.profile(), chosenBy: .default)
  }

  /// What each rule saw, by its name.
  func outcomes() throws -> [String: RuleOutcome] {
    let context = try RuleContext(try snapshot(), profile: try Self.profile())
    return Dictionary(
      uniqueKeysWithValues: RuleRegistry.host.map { ($0.about.slug, $0.check(context)) }
    )
  }

  private static func profile() throws -> Profile {
    let text = try #require(EmbeddedProfiles.text("general"))
    return try ProfileReader.read(text, file: "general.yaml")
  }

  /// What is found on each host, worked out once.
  static let findings: [String: [Finding]] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, (try? $0.assess().findings) ?? []) }
  )

  /// What each rule saw on each host, worked out once.
  static let outcomes: [String: [String: RuleOutcome]] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, (try? $0.outcomes()) ?? [:]) }
  )

  static func named(_ name: String) -> RuleFixture? { all.first { $0.name == name } }

  /// Every root that was recorded.
  static let recorded: [String] = {
    let roots = Fixtures.names(in: "Roots")
      .map { $0.hasSuffix(".tar.gz") ? String($0.dropLast(7)) : $0 }
    return roots.filter { EditedRoot($0) != nil }.sorted()
  }()

  static let all: [RuleFixture] =
    recorded.map { RuleFixture(recorded: $0) } + zoneFixtures + deviceFixtures
    + commandLineFixtures
}
