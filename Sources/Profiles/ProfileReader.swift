package import Advice
internal import HostModel
internal import Yams

/// Reads a profile from YAML and holds it to the schema: known keys only, every number with its
/// reason.
package enum ProfileReader {
  package static func read(_ text: String, file: String) throws(YAMLError) -> Profile {
    let document = try YAMLDocument(text, file: file)
    let root = try YAMLMapping(
      document.root,
      file: file,
      allowed: [
        "schema", "name", "title", "why", "references", "limits", "horizonDays", "growth",
        "margin", "planned", "goal",
      ]
    )
    guard try root.number("schema", in: 1...1) != nil else {
      throw root.failure("key schema is missing; this version reads schema: 1", at: "schema")
    }
    var profile = Profile(name: try root.text("name"), title: try root.text("title"))
    profile.rationale = try root.texts("why")
    profile.references = try root.texts("references")
    if let days = try root.number("horizonDays", in: 1...3650) { profile.horizonDays = Int(days) }
    if let node = root["limits"] { try readLimits(node, file: file, into: &profile) }
    if let node = root["margin"] { try readMargin(node, file: file, into: &profile) }
    if let node = root["growth"] { try readGrowth(node, file: file, into: &profile) }
    if let node = root["planned"] { try readPlanned(node, file: file, into: &profile) }
    if let node = root["goal"] { try readGoal(node, file: file, into: &profile) }
    return profile
  }

  private static func readLimits(
    _ node: Node,
    file: String,
    into profile: inout Profile
  ) throws(YAMLError) {
    let limits = try YAMLMapping(
      node,
      file: file,
      allowed: ["fine", "warning", "minimumKernelPerNode", "why"]
    )
    profile.rationale.append("limits: \(try limits.text("why"))")
    if let ratio = try ratio("fine", limits) { profile.limits.fine = ratio }
    if let ratio = try ratio("warning", limits) { profile.limits.warning = ratio }
    guard profile.limits.fine <= profile.limits.warning else {
      throw limits.failure("warning must not be below fine", at: "warning")
    }
    if let size = try limits.size("minimumKernelPerNode") {
      profile.limits.minimumKernelPerNode = size
    }
  }

  private static func readMargin(
    _ node: Node,
    file: String,
    into profile: inout Profile
  ) throws(YAMLError) {
    let margin = try YAMLMapping(node, file: file, allowed: ["percent", "minimum", "why"])
    profile.rationale.append("margin: \(try margin.text("why"))")
    if let percent = try margin.number("percent", in: 0...1000) { profile.margin.percent = percent }
    if let size = try margin.size("minimum") { profile.margin.minimum = size }
  }

  private static func readGrowth(
    _ node: Node,
    file: String,
    into profile: inout Profile
  ) throws(YAMLError) {
    let terms = try YAMLMapping(node, file: file, allowed: TermID.measurable.map(\.id))
    for id in TermID.measurable {
      guard let node = terms[id.id] else { continue }
      let growth = try YAMLMapping(node, file: file, allowed: ["percent", "floor", "why"])
      profile.rationale.append("\(id.id): \(try growth.text("why"))")
      profile.growth[id] = Profile.Growth(
        percent: try growth.number("percent", in: 0...100_000) ?? 100,
        floorShare: try share("floor", growth)
      )
    }
  }

  private static func readPlanned(
    _ node: Node,
    file: String,
    into profile: inout Profile
  ) throws(YAMLError) {
    guard let list = node.sequence else {
      throw YAMLDocument.refusal("planned must be a list", node, file: file)
    }
    for item in list {
      let plan = try YAMLMapping(item, file: file, allowed: ["name", "size", "per", "why"])
      let name = try plan.text("name")
      guard let size = try plan.size("size") else {
        throw plan.failure("key size is missing", at: "size")
      }
      let basis: Profile.PlannedDemand.Basis
      switch try plan.text("per") {
      case "host": basis = .host
      case "node": basis = .node
      default: throw plan.failure("per must be host or node", at: "per")
      }
      profile.rationale.append("planned \(name): \(try plan.text("why"))")
      profile.planned.append(Profile.PlannedDemand(name: name, size: size, basis: basis))
    }
  }

  private static func readGoal(
    _ node: Node,
    file: String,
    into profile: inout Profile
  ) throws(YAMLError) {
    let goal = try YAMLMapping(node, file: file, allowed: ["movable", "why"])
    let text = try goal.text("movable")
    profile.rationale.append("goal: \(try goal.text("why"))")
    guard text != "none" else { return }
    guard let wish = MovableWish(text: text) else {
      throw goal.failure(
        "movable must be none, max, a size (64GiB) or a ratio (3:1)",
        at: "movable"
      )
    }
    profile.goal = wish
  }

  // MARK: Values

  private static func ratio(
    _ key: String,
    _ mapping: YAMLMapping
  ) throws(YAMLError) -> MovableRatio? {
    guard let text = try mapping.optionalText(key) else { return nil }
    guard let ratio = MovableRatio(text: text), ratio.movable > 0 else {
      throw mapping.failure("\(key) must be a ratio such as 3:1", at: key)
    }
    return ratio
  }

  private static func share(
    _ key: String,
    _ mapping: YAMLMapping
  ) throws(YAMLError) -> Profile.Share? {
    guard let text = try mapping.optionalText(key) else { return nil }
    let parts = text.split(separator: "/")
    guard parts.count == 2, let numerator = UInt64(parts[0]), let denominator = UInt64(parts[1]),
      denominator > 0, numerator <= denominator
    else { throw mapping.failure("\(key) must be a share of memory such as 1/512", at: key) }
    return Profile.Share(numerator, denominator)
  }
}
