internal import HostModel
internal import KernelText
internal import SourceText

extension ProfileReader {
  /// The keys that name a fact: a selector has one of them.
  private static let facts = [
    "module", "config", "argument", "setting", "balloon", "device", "hugepages", "meminfo",
    "swapUsed", "hotAdded", "memoryOnlyNodes",
  ]

  static func selectors(_ node: YAMLNode) throws(LocatedError) -> [ProfileSelector] {
    guard let list = node.items else {
      throw node.failure("selectors must be a list")
    }
    var selectors: [ProfileSelector] = []
    for item in list {
      let selector = try YAMLMapping(item, allowed: facts + ["is", "atLeast", "points", "why"])
      guard let points = try selector.number("points", in: 1...100) else {
        throw selector.failure("key points is missing", at: "points")
      }
      selectors.append(
        ProfileSelector(
          fact: try fact(selector),
          points: points,
          why: try selector.text("why")
        )
      )
    }
    return selectors
  }

  private static func fact(_ selector: YAMLMapping) throws(LocatedError) -> ProfileSelector.Fact {
    let named = facts.filter { selector[$0] != nil }
    guard let name = named.first, named.count == 1 else {
      throw selector.failure(
        "a selector has one of \(facts.joined(separator: ", "))",
        at: named.last ?? "points"
      )
    }
    guard name == "setting" || selector["is"] == nil else {
      throw selector.failure("only a setting has is", at: "is")
    }
    if let fact = try sharedFact(name, selector) { return fact }
    guard selector["atLeast"] == nil else {
      throw selector.failure("\(name) has no atLeast", at: "atLeast")
    }
    switch name {
    case "module": return .module(try names(name, selector))
    case "config": return .config(try names(name, selector).map(KernelOption.init))
    case "argument": return .argument(try selector.text(name))
    case "setting": return try setting(selector)
    case "balloon":
      return .balloon(try choice(name, selector, of: BalloonDevice.Driver.allCases))
    case "device":
      return .device(try choice(name, selector, of: ProfileSelector.Device.allCases))
    default:
      return .memoryOnlyNodes(try selector.number(name, in: 1...1024) ?? 1)
    }
  }

  private static func setting(
    _ selector: YAMLMapping
  ) throws(LocatedError) -> ProfileSelector.Fact {
    let path = try selector.text("setting")
    guard let setting = KernelSetting.at(path) else {
      let known = KernelSetting.all.map(\.path).joined(separator: ", ")
      throw selector.failure(
        "\(path) is none of the settings that are read: \(known)",
        at: "setting"
      )
    }
    let value = try selector.text("is")
    guard let normal = setting.normal(value) else {
      throw selector.failure("\(path) is never \(value)", at: "is")
    }
    return .setting(setting, value: normal)
  }

  /// A fact that is compared with a share of memory; nil for the others.
  private static func sharedFact(
    _ name: String,
    _ selector: YAMLMapping
  ) throws(LocatedError) -> ProfileSelector.Fact? {
    switch name {
    case "hugepages":
      guard let size = try selector.size(name) else { return nil }
      return .hugePages(size: size, atLeast: try atLeast(selector))
    case "meminfo":
      let text = try selector.text(name)
      guard let field = MeminfoField.allCases.first(where: { $0.text == text }) else {
        throw selector.failure("\(text) is no size in /proc/meminfo", at: name)
      }
      return .meminfo(field: field, atLeast: try atLeast(selector))
    case "swapUsed", "hotAdded":
      guard let share = try share(name, selector) else { return nil }
      guard selector["atLeast"] == nil else {
        throw selector.failure("\(name) is a share itself", at: "atLeast")
      }
      return name == "swapUsed" ? .swapUsed(atLeast: share) : .hotAdded(atLeast: share)
    default:
      return nil
    }
  }

  private static func atLeast(_ selector: YAMLMapping) throws(LocatedError) -> Profile.Share {
    guard let share = try share("atLeast", selector) else {
      throw selector.failure("key atLeast is missing: a share of memory such as 1/4", at: "atLeast")
    }
    return share
  }

  /// One name or a list of them.
  private static func names(
    _ key: String,
    _ selector: YAMLMapping
  ) throws(LocatedError) -> [String] {
    guard selector[key]?.items != nil else { return [try selector.text(key)] }
    let names = try selector.texts(key)
    guard !names.isEmpty else { throw selector.failure("\(key) names nothing", at: key) }
    return names
  }

  private static func choice<Choice: RawRepresentable<String>>(
    _ key: String,
    _ selector: YAMLMapping,
    of choices: [Choice]
  ) throws(LocatedError) -> Choice {
    guard let choice = Choice(rawValue: try selector.text(key)) else {
      throw selector.failure(
        "\(key) must be one of \(choices.map(\.rawValue).joined(separator: ", "))",
        at: key
      )
    }
    return choice
  }
}
