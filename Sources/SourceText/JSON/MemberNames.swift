/// The names of an object's members, none of which may be there twice.
///
/// Programs write them in a fixed order, long lists of paths in that of their names: then nothing has to
/// be hashed.
struct MemberNames {
  private var names: [String] = []
  /// Once there are many that are in no order.
  private var set: Set<String>?
  private var isUnordered = false

  private static let few = 24

  /// False where the name is there already.
  mutating func insert(_ name: String) -> Bool {
    if set != nil { return set?.insert(name).inserted ?? true }
    if let last = names.last, !(last < name) || isUnordered {
      if names.contains(name) { return false }
      isUnordered = true
    }
    names.append(name)
    if isUnordered, names.count > Self.few { set = Set(names) }
    return true
  }
}
