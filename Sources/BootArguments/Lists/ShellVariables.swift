internal import SourceText

/// What shell variables hold at the end of a text of assignments, in the pieces that it was put
/// together from.
struct ShellVariables {
  struct Value {
    var fragments: [ArgumentFragment] = []
    /// Whether it goes on from what the variable was before this text.
    var isAddition = false
    /// In bytes.
    fileprivate var length = 0

    fileprivate mutating func append(_ fragment: ArgumentFragment) {
      var fragment = fragment
      fragment.isGlued = !fragments.isEmpty
      fragments.append(fragment)
      length += fragment.offsets.count - 1
    }
  }

  private let file: String
  private let bytes: [UInt8]
  private(set) var values: [String: Value] = [:]

  init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// Reads all assignments to these names, in order.
  mutating func read(_ names: [String]) throws(LocatedError) {
    var reader = ShellAssignments(bytes: bytes, file: file)
    for assignment in try reader.read(names) {
      var value = Value()
      if assignment.isAppending {
        value = values[assignment.name] ?? Value(isAddition: true)
      }
      try append(assignment, to: &value)
      values[assignment.name] = value
    }
  }

  /// Takes an assignment's text over, and for `$NAME` the pieces that the variable held.
  private func append(
    _ assignment: ShellAssignments.Assignment,
    to value: inout Value
  ) throws(LocatedError) {
    let whole = assignment.value.fragment
    let text = Array(whole.text.utf8)
    var start = 0
    for index in text.indices where text[index] == 1 {
      let offset = whole.offsets[index]
      guard let name = name(at: offset) else { continue }
      guard let earlier = values[name] else {
        value.isAddition = value.isAddition || name == assignment.name
        continue
      }
      if start < index { value.append(whole.slice(start..<index, of: text)) }
      for fragment in earlier.fragments where !fragment.text.isEmpty { value.append(fragment) }
      value.isAddition = value.isAddition || earlier.isAddition
      start = index + 1
      // Doubling itself line by line, a few lines would make gigabytes.
      guard value.length <= ArgumentText.limit else {
        throw LocatedError(
          "\(assignment.name) grows longer than any kernel command line",
          at: SourceLocation(of: offset, in: bytes, file: file)
        )
      }
    }
    // A value of nothing still is a place for arguments.
    if start < text.count || value.fragments.isEmpty {
      value.append(whole.slice(start..<text.count, of: text))
    }
  }

  /// NAME of the `$NAME` or `${NAME}` at a place.
  private func name(at offset: Int) -> String? {
    var rest = bytes[offset...]
    guard rest.popFirst() == UInt8(ascii: "$") else { return nil }
    let isBraced = rest.first == UInt8(ascii: "{")
    if isBraced { rest = rest.dropFirst() }
    let name = rest.prefix { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    guard !name.isEmpty, !isBraced || rest[name.endIndex...].first == UInt8(ascii: "}") else {
      return nil
    }
    return String(decoding: name, as: UTF8.self)
  }
}
