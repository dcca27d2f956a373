internal import KernelBehavior

/// An argument that must go, because it would undo or contradict what is set.
package struct ArgumentRemoval: Hashable, Sendable {
  /// With `_` for `-`.
  package let key: String
  /// Only these values must go; nil for any value.
  package let values: [String]?
  /// One sentence.
  package let why: String

  func covers(_ key: String, value: String?) -> Bool {
    guard key == self.key else { return false }
    guard let values else { return true }
    return value.map { values.contains($0) } ?? false
  }

  /// The forms in which tools that remove by text must be told.
  var words: [String] { values.map { $0.map { "\(key)=\($0)" } } ?? [key] }

  /// What must go beside these arguments.
  package static func conflicts(with set: [BootArgument]) -> [ArgumentRemoval] {
    let names = zoneNames(in: set)
    var removals: [ArgumentRemoval] = ZoneArgumentWord.Name.allCases.compactMap { name in
      guard !names.contains(name) else { return nil }
      let why = names.lazy.compactMap { other in
        name.conflict(with: other).map { reason($0, beside: other) }
      }
      .first
      return why.map { ArgumentRemoval(key: name.rawValue, values: nil, why: $0) }
    }
    let usesPolicy = set.contains {
      $0.key == "memory_hotplug.online_policy" && $0.value == "auto-movable"
    }
    if usesPolicy, !set.contains(where: { $0.key == "memhp_default_state" }) {
      removals.append(
        ArgumentRemoval(
          key: "memhp_default_state",
          values: ["online_movable", "online_kernel", "offline"],
          why: "the policy decides only where blocks go online by themselves and with no zone named"
        )
      )
    }
    return removals
  }

  private static func zoneNames(in set: [BootArgument]) -> [ZoneArgumentWord.Name] {
    let keys = Set(set.map { $0.key })
    return ZoneArgumentWord.Name.allCases.filter { keys.contains($0.rawValue) }
  }

  private static func reason(
    _ conflict: ZoneArguments.Conflict,
    beside other: ZoneArgumentWord.Name
  ) -> String {
    switch conflict {
    case .isIgnored: "ignored under \(other.rawValue)"
    case .ignoresOther: "under it the kernel ignores kernelcore and movablecore"
    case .largerKernelShare:
      "beside \(other.rawValue) the kernel takes the larger kernel share of the two"
    }
  }

  /// What these arguments do to each other, in sentences.
  package static func interactions(within set: [BootArgument]) -> [String] {
    let names = zoneNames(in: set)
    var sentences: [String] = []
    for name in names {
      if let other = names.first(where: { name.conflict(with: $0) == .isIgnored }) {
        sentences.append("the kernel ignores \(name.rawValue) under \(other.rawValue)")
      }
    }
    if sentences.isEmpty, names.count > 1 {
      sentences.append(
        "of kernelcore and movablecore the kernel takes the one that leaves more to the kernel"
      )
    }
    return sentences
  }
}
