internal import SourceText

/// What shell variables hold at the end of a text of assignments, with the place of every byte.
struct ShellVariables {
  struct Value {
    var text: [UInt8] = []
    var offsets: [Int] = []
    var end = 0
    /// Whether it goes on from what the variable was before this text.
    var isAddition = false

    var fragment: BootFile.Fragment {
      BootFile.Fragment(text: String(decoding: text, as: UTF8.self), offsets: offsets + [end])
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

  /// Takes an assignment's text over, and for `$NAME` what the variable held.
  private func append(
    _ assignment: ShellAssignments.Assignment,
    to value: inout Value
  ) throws(LocatedError) {
    let fragment = assignment.fragment
    for (byte, offset) in zip(fragment.text.utf8, fragment.offsets) {
      guard byte == 1, let name = name(at: offset), name == assignment.name || isKnown(name) else {
        value.text.append(byte)
        value.offsets.append(offset)
        continue
      }
      if let earlier = values[name] {
        value.text += earlier.text
        value.offsets += earlier.offsets
        value.isAddition = value.isAddition || earlier.isAddition
      } else {
        value.isAddition = true
      }
      // Doubling itself line by line, a few lines would make gigabytes.
      guard value.text.count <= ArgumentText.limit else {
        throw LocatedError(
          "\(assignment.name) grows longer than any kernel command line",
          at: SourceLocation(of: offset, in: bytes, file: file)
        )
      }
    }
    value.end = fragment.offsets.last ?? 0
  }

  private func isKnown(_ name: String) -> Bool { values[name] != nil }

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
