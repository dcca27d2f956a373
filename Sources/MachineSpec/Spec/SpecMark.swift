/// What says of a file that nobody named that it is meant to be a spec of zonewise's, however damaged:
/// then it is an error with its place, and not passed over as somebody else's.
///
/// Other tools' files have keys `schema` and `classes` too; so a name, a line at the top, or several
/// keys that only machines have are asked for.
package enum SpecMark {
  /// - Parameters:
  ///   - path: The file's.
  ///   - bytes: Its beginning, at least.
  /// - Returns: Whether it is beyond doubt.
  package static func isThere(path: String, _ bytes: [UInt8]) -> Bool {
    guard !isInName(of: path) else { return true }
    // Texts of other kinds may quote one.
    let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    guard !name.contains(".") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
      return false
    }
    return isAtTop(of: bytes) || hasOurKeys(bytes) || isBroken(bytes)
  }

  /// `fleet.zonewise.yaml`; `.zonewise.yaml` is a policy, and `zonewise.yml` may be a CI's job.
  package static func isInName(of path: String) -> Bool {
    let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    return [".zonewise.yaml", ".zonewise.yml"].contains { name.hasSuffix($0) && name != $0 }
  }

  /// The comment that `check --init` writes, or the schema that an editor is told of.
  private static func isAtTop(of bytes: [UInt8]) -> Bool {
    let words = [
      "# A fleet spec for zonewise", "# A machine spec for zonewise", "$schema: ",
      "# yaml-language-server: $schema=",
    ]
    return lines(bytes).prefix(10).contains { line in
      guard let start = words.first(where: { line.starts(with: $0.utf8) }) else { return false }
      guard start.hasSuffix("=") || start.hasPrefix("$") else { return true }
      return line.firstRange(of: Array("zonewise".utf8)) != nil
        || line.firstRange(of: Array("fleet.schema.json".utf8)) != nil
    }
  }

  private static let top = ["schema", "defaults", "classes", "machine"]

  /// Three keys that only machines have, under one of the keys that our specs have at their top.
  private static func hasOurKeys(_ bytes: [UInt8]) -> Bool {
    let ours = [
      "nodes", "arch", "cmdline", "kernelBaseline", "maxMemory", "pinners", "goals", "devices",
      "blockSize", "pageSize", "maxOrder", "lowMemory", "kernel", "memory",
    ]
    var found: Set<String> = []
    var hasTop = false
    for line in lines(bytes).prefix(2000) {
      hasTop = hasTop || top.contains { line.starts(with: $0.utf8) }
      let content = line.drop { $0 == 0x20 || $0 == 0x2D || $0 == 0x09 }
      if let key = ours.first(where: { content.starts(with: ($0 + ":").utf8) }) {
        found.insert(key)
      }
    }
    // Of a mapping in braces only the words are looked at.
    if hasTop, found.count < 3 {
      for key in ours where bytes.firstRange(of: Array(("{" + key + ":").utf8)) != nil {
        found.insert(key)
      }
    }
    return hasTop && found.count >= 3 && found.contains { ["nodes", "arch"].contains($0) }
  }

  /// Nothing but our keys at the top, of our schema, and no class in them: a spec that was cut off, or
  /// never finished.
  private static func isBroken(_ bytes: [UInt8]) -> Bool {
    var keys: Set<String> = []
    var hasItem = false
    for line in lines(bytes).prefix(200) {
      guard let first = line.first, first != UInt8(ascii: "#"), first != 0x0D else { continue }
      guard first != 0x20, first != UInt8(ascii: "-") else {
        hasItem = true
        continue
      }
      guard let key = top.first(where: { line.starts(with: $0.utf8) }) else { return false }
      keys.insert(key)
    }
    return keys.count > 1 && !hasItem
      && lines(bytes).contains { line in
        line.starts(with: "schema: 1".utf8) && line.dropFirst(9).allSatisfy { $0 <= 0x20 }
      }
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let text = bytes.prefix(64 << 10)
    return text.dropFirst(text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
      .split(separator: 0x0A, omittingEmptySubsequences: true)
  }
}
