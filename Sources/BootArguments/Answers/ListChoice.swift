/// Which lists of a file a boot target changes.
struct ListChoice: Sendable {
  /// Those with this key; any where it is nil.
  private let key: String?
  private let isOnlyFirst: Bool
  /// What is said where the file has none.
  let missing: String

  /// All lists together: an argument in one of them is not set in another.
  static func all(
    of key: String? = nil,
    orElse missing: String = "no kernel arguments in here"
  ) -> ListChoice {
    ListChoice(key: key, isOnlyFirst: false, missing: missing)
  }

  /// The first list with a key.
  static func first(
    of key: String,
    orElse missing: String = "no kernel arguments in here"
  ) -> ListChoice {
    ListChoice(key: key, isOnlyFirst: true, missing: missing)
  }

  func choose(from lists: [ArgumentList]) -> [ArgumentList] {
    let own = lists.filter { key == nil || $0.key == key }
    return isOnlyFirst ? Array(own.prefix(1)) : own
  }
}
