/// Numbers names that come up again in the same file, for readers that keep only one of equal ones.
///
/// The results of a file follow each other, so that no more is kept than one file's names.
struct RepeatedNames: Sendable {
  private static let mostRemembered = 1 << 16

  private var file = ""
  private var seen: [String: Int] = [:]

  /// How often the name came up in that file, this time included.
  mutating func count(_ name: String, in file: String) -> Int {
    if file != self.file || seen.count >= Self.mostRemembered {
      self.file = file
      seen.removeAll(keepingCapacity: true)
    }
    let count = seen[name, default: 0] + 1
    seen[name] = count
    return count
  }
}
