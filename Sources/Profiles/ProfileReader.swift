internal import HostModel
package import SourceText

/// Reads a profile from YAML and holds it to the schema: known keys only, every number with its
/// reason.
package enum ProfileReader {
  /// In bytes; the profiles that come with zonewise have two thousand.
  package static let largestFile = 1 << 20

  package static func read(_ text: String, file: String) throws(LocatedError) -> Profile {
    try read(text, file: file, mayExtend: true)
  }

  private static func read(
    _ text: String,
    file: String,
    mayExtend: Bool
  ) throws(LocatedError) -> Profile {
    let document = try YAMLDocument(text, file: file, limit: largestFile)
    let root = try YAMLMapping(
      document.root,
      allowed: [
        "schema", "name", "title", "extends", "why", "references", "limits", "horizonDays",
        "growth", "margin", "planned", "goal", "needs", "selectors",
      ]
    )
    guard try root.number("schema", in: 1...1) != nil else {
      throw root.failure("key schema is missing; this version reads schema: 1", at: "schema")
    }
    var profile = Profile(name: try name(of: root), title: try root.text("title"))
    if let base = try root.optionalText("extends") {
      try inherit(base, root, mayExtend: mayExtend, into: &profile)
    }
    profile.rationale = try root.texts("why") + profile.rationale
    profile.references = try root.texts("references") + profile.references
    if let days = try root.number("horizonDays", in: 1...3650) { profile.horizonDays = Int(days) }
    if let node = root["limits"] { try readLimits(node, into: &profile) }
    if let node = root["margin"] { try readMargin(node, into: &profile) }
    if let node = root["growth"] { try readGrowth(node, into: &profile) }
    if let node = root["planned"] { try readPlanned(node, into: &profile) }
    if let node = root["goal"] { try readGoal(node, into: &profile) }
    if let node = root["needs"] { try readNeeds(node, into: &profile) }
    if let node = root["selectors"] { profile.selectors = try selectors(node) }
    return profile
  }

  /// A name that can stand on a command line and in a file's name.
  private static func name(of root: YAMLMapping) throws(LocatedError) -> String {
    let name = try root.text("name")
    let isPlain = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard isPlain, name.utf8.count <= 64, name != "suggest" else {
      throw root.failure("name must be lower-case letters, digits and hyphens", at: "name")
    }
    return name
  }

  /// Takes over what a profile that comes with zonewise says; the file's own keys replace it.
  private static func inherit(
    _ name: String,
    _ root: YAMLMapping,
    mayExtend: Bool,
    into profile: inout Profile
  ) throws(LocatedError) {
    guard mayExtend else {
      throw root.failure("extends must name a profile that extends none", at: "extends")
    }
    guard let text = EmbeddedProfiles.text(name) else {
      throw root.failure(
        "no profile \(name); there are \(EmbeddedProfiles.names.joined(separator: ", "))",
        at: "extends"
      )
    }
    let base: Profile
    do throws(LocatedError) {
      base = try read(text, file: "profiles/\(name).yaml", mayExtend: false)
    } catch {
      throw root.failure("extends: \(error)", at: "extends")
    }
    profile.limits = base.limits
    profile.horizonDays = base.horizonDays
    profile.growth = base.growth
    profile.margin = base.margin
    profile.planned = base.planned
    profile.goal = base.goal
    profile.needs = base.needs
    profile.references = base.references
    // Its own reasons are about itself; those of its numbers go with the numbers.
    profile.rationale = base.rationale.filter { line in
      reasons.contains { line.hasPrefix($0 + ": ") } || line.hasPrefix("planned ")
        || line.hasPrefix("need ")
    }
  }

  /// What a reason can be about.
  private static var reasons: [String] {
    ["limits", "margin", "goal"] + TermID.measurable.map(\.id)
  }

  private static func readLimits(
    _ node: YAMLNode,
    into profile: inout Profile
  ) throws(LocatedError) {
    let limits = try YAMLMapping(node, allowed: ["fine", "warning", "minimumKernelPerNode", "why"])
    profile.explain("limits", try limits.text("why"))
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
    _ node: YAMLNode,
    into profile: inout Profile
  ) throws(LocatedError) {
    let margin = try YAMLMapping(node, allowed: ["percent", "minimum", "why"])
    profile.explain("margin", try margin.text("why"))
    if let percent = try margin.number("percent", in: 0...1000) { profile.margin.percent = percent }
    if let size = try margin.size("minimum") { profile.margin.minimum = size }
  }

  private static func readGrowth(
    _ node: YAMLNode,
    into profile: inout Profile
  ) throws(LocatedError) {
    let terms = try YAMLMapping(node, allowed: TermID.measurable.map(\.id))
    for id in TermID.measurable {
      guard let node = terms[id.id] else { continue }
      let growth = try YAMLMapping(node, allowed: ["percent", "floor", "why"])
      profile.explain(id.id, try growth.text("why"))
      guard growth["percent"] != nil || growth["floor"] != nil else {
        throw growth.failure("growth of \(id.id) needs percent or floor", at: "percent")
      }
      profile.growth[id] = Profile.Growth(
        percent: try growth.number("percent", in: 0...100_000) ?? 100,
        floorShare: try share("floor", growth)
      )
    }
  }

  private static func readPlanned(
    _ node: YAMLNode,
    into profile: inout Profile
  ) throws(LocatedError) {
    guard let list = node.items else {
      throw node.failure("planned must be a list")
    }
    for item in list {
      let plan = try YAMLMapping(item, allowed: ["name", "size", "share", "per", "why"])
      let name = try plan.text("name")
      let amount: Profile.PlannedDemand.Amount
      switch (try plan.size("size"), try share("share", plan)) {
      case (let size?, nil): amount = .size(size)
      case (nil, let share?): amount = .share(share)
      default: throw plan.failure("a plan has either size or share", at: "size")
      }
      let basis: Profile.PlannedDemand.Basis
      switch try plan.text("per") {
      case "host": basis = .host
      case "node": basis = .node
      case "cpu": basis = .cpu
      default: throw plan.failure("per must be host, node or cpu", at: "per")
      }
      profile.explain("planned \(name)", try plan.text("why"))
      profile.planned.removeAll { $0.name == name }
      profile.planned.append(Profile.PlannedDemand(name: name, amount: amount, basis: basis))
    }
  }

  /// Its own needs take the place of those that it inherits.
  private static func readNeeds(
    _ node: YAMLNode,
    into profile: inout Profile
  ) throws(LocatedError) {
    guard let list = node.items else { throw node.failure("needs must be a list") }
    for need in profile.needs {
      profile.rationale.removeAll { $0.hasPrefix("need \(need.text): ") }
    }
    profile.needs = []
    for item in list {
      let entry = try YAMLMapping(item, allowed: ["need", "why"])
      let need = try entry.need("need")
      profile.needs.append(need)
      profile.explain("need \(need.text)", try entry.text("why"))
      do throws(MemoryNeed.Mistake) { try MemoryNeed.check(profile.needs) } catch {
        throw entry.failure("\(error)", at: "need")
      }
    }
  }

  private static func readGoal(
    _ node: YAMLNode,
    into profile: inout Profile
  ) throws(LocatedError) {
    let goal = try YAMLMapping(node, allowed: ["movable", "why"])
    let text = try goal.text("movable")
    profile.explain("goal", try goal.text("why"))
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
  ) throws(LocatedError) -> MovableRatio? {
    guard let text = try mapping.optionalText(key) else { return nil }
    guard let ratio = MovableRatio(text: text), ratio.movable > 0 else {
      throw mapping.failure("\(key) must be a ratio such as 3:1", at: key)
    }
    return ratio
  }

  static func share(
    _ key: String,
    _ mapping: YAMLMapping
  ) throws(LocatedError) -> Profile.Share? {
    guard let text = try mapping.optionalText(key) else { return nil }
    let parts = text.split(separator: "/")
    guard parts.count == 2, let numerator = UInt64(parts[0]), let denominator = UInt64(parts[1]),
      denominator > 0, numerator <= denominator
    else { throw mapping.failure("\(key) must be a share of memory such as 1/512", at: key) }
    return Profile.Share(numerator, denominator)
  }
}

extension Profile {
  /// Keeps the reason for a number, in place of one that was there.
  fileprivate mutating func explain(_ part: String, _ why: String) {
    rationale.removeAll { $0.hasPrefix(part + ": ") }
    rationale.append("\(part): \(why)")
  }
}
