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
  ///
  /// `mm/mm_init.c` ignores all sizes under `movable_node` and all sizes under
  /// `kernelcore=mirror`; with both sizes it takes the larger kernel share of the two.
  package static func conflicts(with set: [BootArgument]) -> [ArgumentRemoval] {
    let keys = Set(set.map { $0.key })
    var removals: [ArgumentRemoval] = []
    func add(_ key: String, values: [String]? = nil, _ why: String) {
      guard !keys.contains(key) else { return }
      removals.append(ArgumentRemoval(key: key, values: values, why: why))
    }
    if keys.contains("kernelcore") {
      add("movablecore", "beside kernelcore the kernel takes the larger kernel share of the two")
    }
    if keys.contains("movablecore") {
      add("kernelcore", "beside movablecore the kernel takes the larger kernel share of the two")
    }
    if !keys.isDisjoint(with: ["kernelcore", "movablecore"]) {
      add("movable_node", "under it the kernel ignores kernelcore and movablecore")
    }
    if keys.contains("movable_node") {
      add("kernelcore", "ignored under movable_node")
      add("movablecore", "ignored under movable_node")
    }
    let usesPolicy = set.contains {
      $0.key == "memory_hotplug.online_policy" && $0.value == "auto-movable"
    }
    if usesPolicy {
      add(
        "memhp_default_state",
        values: ["online_movable", "online_kernel", "offline"],
        "the policy decides only where blocks go online by themselves and with no zone named"
      )
    }
    return removals
  }

  /// What these arguments do to each other, in sentences.
  package static func quarrels(within set: [BootArgument]) -> [String] {
    let keys = Set(set.map { $0.key })
    var sentences: [String] = []
    if keys.contains("movable_node") {
      for size in ["kernelcore", "movablecore"] where keys.contains(size) {
        sentences.append("the kernel ignores \(size) under movable_node")
      }
    } else if keys.isSuperset(of: ["kernelcore", "movablecore"]) {
      sentences.append(
        "of kernelcore and movablecore the kernel takes the one that leaves more to the kernel"
      )
    }
    return sentences
  }
}
