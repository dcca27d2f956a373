internal import SourceText

/// A file of `sysctl.d/`, or `/etc/sysctl.conf`: settings by name, one a line (sysctl.conf(5)).
package struct SysctlFile: Sendable {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether a path says that a file is one.
  package static func isOne(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return false }
    return name == "sysctl.conf" || name.hasSuffix(".conf") && parts.dropLast().last == "sysctl.d"
  }

  /// The text with a setting made: in the place of its last line, which is the one that counts, else
  /// at the end.
  ///
  /// - Parameters:
  ///   - name: With dots: `vm.min_free_kbytes`.
  ///   - value: As the kernel takes it.
  /// - Returns: The text; comments, order and other settings stay.
  package func setting(_ name: String, to value: String) -> [UInt8] {
    if let place = lines().last(where: { self.name(in: $0) == name }).map({ self.value(in: $0) }) {
      guard bytes[place].elementsEqual(value.utf8) == false else { return bytes }
      return TextEdit.apply([TextEdit(range: place, text: value)], to: bytes)
    }
    let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
    let line = (needsBreak ? "\n" : "") + "\(name) = \(value)\n"
    return bytes + Array(line.utf8)
  }

  private func lines() -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      lines.append(start..<end)
      start = end + 1
    }
    return lines
  }

  /// The name that a line sets, with dots; nil for a comment and what is no setting.
  private func name(in line: Range<Int>) -> String? {
    let text = trimmed(line)
    guard let first = bytes[text].first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";"),
      let equals = bytes[text].firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    var name = String(decoding: bytes[trimmed(text.lowerBound..<equals)], as: UTF8.self)
    // A failure to set it is no failure then.
    if name.hasPrefix("-") { name.removeFirst() }
    // Whichever separator comes first is the one between the parts.
    let separator = name.first { $0 == "/" || $0 == "." }
    return separator == "/" ? name.replacing("/", with: ".") : name
  }

  private func value(in line: Range<Int>) -> Range<Int> {
    let equals = bytes[line].firstIndex(of: UInt8(ascii: "=")) ?? line.upperBound
    let start = min(equals + 1, line.upperBound)
    let value = trimmed(start..<line.upperBound)
    return value.isEmpty ? start..<start : value
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    while lower < upper, isBlank(bytes[lower]) { lower += 1 }
    while lower < upper, isBlank(bytes[upper - 1]) { upper -= 1 }
    return lower..<upper
  }
}
