package import SourceText

/// A fleet spec: machine classes, and what they have in common.
///
/// The classes are read a few at a time when they are asked for, so that a spec of any length takes
/// no more memory than its text.
package struct FleetSpec: Sendable {
  package let file: String
  private let text: FleetSpecText
  /// All classes of a spec that is not written as a block list.
  private let wholes: [Result<MachineClass, LocatedError>]

  /// Whether a text looks like a fleet spec: keys `schema` and `classes` at its top.
  package static func recognizes(_ bytes: [UInt8]) -> Bool {
    hasKey("classes:", bytes) && hasKey("schema:", bytes)
  }

  /// Whether a text has one of the two keys that make a spec.
  package static func isBegun(_ bytes: [UInt8]) -> Bool {
    hasKey("schema:", bytes) || hasKey("classes:", bytes)
  }

  /// Whether a text that nobody named is one beyond doubt: of this schema, and with something that
  /// only machines have. Other tools' files have keys `schema` and `classes` too.
  package static func isClearlyOurs(_ bytes: [UInt8]) -> Bool {
    hasKey("schema: 1", bytes, isWholeLine: true)
      && ["nodes", "arch", "cmdline", "kernel", "memory"].contains { word in
        bytes.firstRange(of: Array((word + ":").utf8)) != nil
      }
  }

  private static func hasKey(_ key: String, _ bytes: [UInt8], isWholeLine: Bool = false) -> Bool {
    let key = Array(key.utf8)
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while true {
      if bytes[position...].starts(with: key) {
        let next = bytes[(position + key.count)...].first ?? 0x0A
        if !isWholeLine || next <= 0x20 { return true }
      }
      guard let feed = bytes[position...].firstIndex(of: 0x0A) else { return false }
      position = feed + 1
    }
  }

  package init(_ bytes: [UInt8], file: String) throws(LocatedError) {
    self.file = file
    text = FleetSpecText(bytes)
    let (root, _) = try Self.head(text.head, file: file)
    guard try root.number("schema", in: 1...1) != nil else {
      throw root.failure("key schema is missing; this version reads schema: 1", at: "schema")
    }
    guard let list = root["classes"]?.items else {
      throw root.failure("classes must be a list", at: "classes")
    }
    guard !text.isSplit else {
      wholes = []
      return
    }
    guard !list.isEmpty else {
      throw root.failure("classes is empty: nothing to check", at: "classes")
    }
    let defaults = try Self.head(text.head, file: file).defaults
    wholes = list.map { node in
      Result { () throws(LocatedError) in
        try Self.read(node, defaults: defaults)
      }
    }
  }

  package var count: Int { text.isSplit ? text.count : wholes.count }

  /// Some of the classes, each with what the defaults say of it, or with what is wrong with it.
  package func classes(_ range: Range<Int>) -> [Result<MachineClass, LocatedError>] {
    guard text.isSplit else { return Array(wholes[range]) }
    let defaults: YAMLMapping?
    do throws(LocatedError) { defaults = try Self.head(text.head, file: file).defaults } catch {
      return range.map { _ in .failure(error) }
    }
    return range.map { index in
      let item = text.item(index)
      return Result { () throws(LocatedError) in
        try Self.read(
          try YAMLDocument(item.text, file: file, firstLine: item.line).root,
          defaults: defaults
        )
      }
    }
  }

  private static func read(
    _ node: YAMLNode,
    defaults: YAMLMapping?
  ) throws(LocatedError) -> MachineClass {
    let own = try YAMLMapping(node, allowed: MachineClassReader.keys)
    return try MachineClassReader(keys: ClassKeys(own: own, defaults: defaults)).read()
  }

  private static func head(
    _ text: String,
    file: String
  ) throws(LocatedError) -> (root: YAMLMapping, defaults: YAMLMapping?) {
    let root = try YAMLMapping(
      try YAMLDocument(text, file: file).root,
      // Editors are told of the schema by a key, too.
      allowed: ["schema", "defaults", "classes", "$schema"]
    )
    guard let node = root["defaults"] else { return (root, nil) }
    let allowed = MachineClassReader.keys.filter { $0 != "name" }
    return (root, try YAMLMapping(node, allowed: allowed))
  }
}
