internal import Advice
internal import HostModel
internal import MachineSpec
internal import Profiles
package import SourceText

/// Reads a policy file.
package enum PolicyReader {
  package static let fileName = ".zonewise.yaml"
  package static let largestFile = 1 << 20

  private static let settings = ["rules", "thresholds", "profile", "kernel", "arch"]

  /// - Parameters:
  ///   - text: The file's text.
  ///   - file: Its path as the user sees it.
  ///   - folder: What patterns count from.
  /// - Returns: The policy.
  /// - Throws: What is wrong, and where.
  package static func read(
    _ text: String,
    file: String,
    folder: String
  ) throws(LocatedError) -> CheckPolicy {
    let document = try YAMLDocument(text, file: file, limit: largestFile)
    let root = try YAMLMapping(
      document.root,
      allowed: ["schema", "ignore", "files", "suppressions"] + settings
    )
    guard try root.number("schema", in: 1...1) != nil else {
      throw root.failure("key schema is missing; this version reads schema: 1", at: "schema")
    }
    var policy = CheckPolicy(file: file, folder: folder)
    policy.common = try read(root)
    policy.ignored = try root.texts("ignore").map { Glob($0) }
    for node in try items("files", root) {
      let scope = try YAMLMapping(node, allowed: ["paths"] + settings)
      policy.scopes.append(
        CheckPolicy.Scope(
          paths: try globs("paths", scope),
          settings: try read(scope)
        )
      )
    }
    for node in try items("suppressions", root) {
      policy.entries.append(try entry(node))
    }
    return policy
  }

  private static func items(_ key: String, _ mapping: YAMLMapping) throws(LocatedError)
    -> [YAMLNode]
  {
    guard let node = mapping[key] else { return [] }
    guard let items = node.items else {
      throw mapping.failure("\(key) must be a list", at: key)
    }
    return items
  }

  private static func globs(_ key: String, _ mapping: YAMLMapping) throws(LocatedError) -> [Glob] {
    let texts = try mapping.texts(key)
    guard !texts.isEmpty else { throw mapping.failure("\(key) must name a pattern", at: key) }
    return texts.map { Glob($0) }
  }

  // MARK: Settings

  private static func read(
    _ mapping: YAMLMapping
  ) throws(LocatedError) -> CheckPolicy.Settings {
    var settings = CheckPolicy.Settings()
    settings.rules = try rules(mapping)
    settings.profile = try mapping.optionalText("profile")
    if let node = mapping["kernel"] {
      let texts =
        node.items == nil ? [try mapping.text("kernel")] : try mapping.texts("kernel")
      guard let kernels = KernelRange.releases(texts) else {
        throw mapping.failure(KernelRange.expectation, at: "kernel")
      }
      settings.kernels = kernels
    }
    if let name = try mapping.optionalText("arch") {
      guard let architecture = Architecture(name: name) else {
        let known = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
        throw mapping.failure("arch must be one of \(known)", at: "arch")
      }
      settings.architecture = architecture
    }
    if let node = mapping["thresholds"] { try thresholds(node, into: &settings) }
    return settings
  }

  private static func thresholds(
    _ node: YAMLNode,
    into settings: inout CheckPolicy.Settings
  ) throws(LocatedError) {
    let mapping = try YAMLMapping(node, allowed: ["fine", "warning", "minimumKernelPerNode"])
    func ratio(_ key: String) throws(LocatedError) -> MovableRatio? {
      guard let text = try mapping.optionalText(key) else { return nil }
      guard let ratio = MovableRatio(text: text) else {
        throw mapping.failure("\(key) must be a ratio such as 3:1", at: key)
      }
      return ratio
    }
    settings.fine = try ratio("fine")
    settings.warning = try ratio("warning")
    if let fine = settings.fine, let warning = settings.warning, warning < fine {
      throw mapping.failure("warning must not be below fine", at: "warning")
    }
    settings.minimumKernelPerNode = try mapping.size("minimumKernelPerNode")
  }

  private static func rules(
    _ mapping: YAMLMapping
  ) throws(LocatedError) -> [String: CheckPolicy.RuleSetting] {
    guard let node = mapping["rules"] else { return [:] }
    guard let pairs = node.entries else {
      throw mapping.failure(
        "rules must be a mapping (rule: off, note, warning or error)",
        at: "rules"
      )
    }
    var rules: [String: CheckPolicy.RuleSetting] = [:]
    for (key, value) in pairs {
      let name = key.string ?? ""
      guard let rule = RuleRegistry.find(name) else {
        throw key.failure("no rule \(name); zonewise explain lists them")
      }
      switch value.string {
      case "off", "false", "no": rules[rule.code] = .off
      case let word?:
        guard let severity = Finding.Severity(rawValue: word) else { fallthrough }
        rules[rule.code] = .severity(severity)
      case nil:
        throw value.failure("\(name) must be off, note, warning or error")
      }
    }
    return rules
  }

  // MARK: Suppressions

  private static func entry(_ node: YAMLNode) throws(LocatedError) -> CheckPolicy.Entry {
    let mapping = try YAMLMapping(
      node,
      allowed: ["rule", "rules", "paths", "subjects", "reason", "expires"]
    )
    var names = try mapping.texts("rules")
    if let name = try mapping.optionalText("rule") { names.append(name) }
    guard !names.isEmpty else {
      throw mapping.failure("a suppression names a rule or rules", at: "rule")
    }
    let codes: [String]
    switch Suppression.codes(names) {
    case .success(let found): codes = found
    case .failure(let unknown):
      throw mapping.failure(
        "no rule \(unknown.name); zonewise explain lists them",
        at: mapping["rule"] == nil ? "rules" : "rule"
      )
    }
    let expires = try mapping.optionalText("expires")
    if let expires, !Suppression.isDay(expires) {
      throw mapping.failure("expires must be a day such as 2027-01-31", at: "expires")
    }
    return CheckPolicy.Entry(
      suppression: Suppression(
        rules: codes,
        reason: try mapping.text("reason"),
        expires: expires,
        place: mapping.node.place
      ),
      paths: mapping["paths"] == nil ? nil : try globs("paths", mapping),
      subjects: mapping["subjects"] == nil ? nil : try globs("subjects", mapping)
    )
  }
}
