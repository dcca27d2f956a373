internal import SourceText

/// Resources of Puppet that set one argument each: `kernel_parameter { 'name': value => 'v' }`, as the
/// modules for GRUB have them. All of a manifest are one list.
struct PuppetParameters {
  let bytes: [UInt8]

  /// Longer than any resource that sets one argument.
  private static let longest = 4096

  /// The list, and where in the text its resources are.
  func list() -> (list: ArgumentList, covered: [Range<Int>])? {
    var fragments: [ArgumentFragment] = []
    var covered: [Range<Int>] = []
    var start = 0
    while let word = bytes[start...].firstRange(of: Array("kernel_parameter".utf8)) {
      start = word.upperBound
      guard let open = next(word.upperBound), bytes[open] == UInt8(ascii: "{"),
        let close = bytes[open...].prefix(Self.longest).firstIndex(of: UInt8(ascii: "}"))
      else { continue }
      start = close + 1
      fragments += resource((open + 1)..<close)
      covered.append(word.lowerBound..<start)
    }
    return fragments.isEmpty
      ? nil : (ArgumentList(fragments: fragments, isComplete: false), covered)
  }

  /// `'name': ensure => present, value => 'v'`; several values are several arguments.
  private func resource(_ body: Range<Int>) -> [ArgumentFragment] {
    let strings = strings(in: body)
    guard let title = strings.first, let colon = next(title.upperBound + 1),
      bytes[colon] == UInt8(ascii: ":")
    else { return [] }
    let rest = bytes[colon..<body.upperBound]
    guard rest.firstRange(of: Array("absent".utf8)) == nil else { return [] }
    let name = ArgumentFragment.line(title, in: bytes)
    guard let key = rest.firstRange(of: Array("value".utf8)) else { return [name] }
    // Values end where the next attribute begins.
    let end =
      bytes[key.upperBound..<body.upperBound].dropFirst(4).firstRange(of: Array("=>".utf8))?
      .lowerBound ?? body.upperBound
    let values = strings.filter { $0.lowerBound > key.upperBound && $0.upperBound < end }
    return values.map { name.assigned(.line($0, in: bytes)) }
  }

  /// What stands between quotes.
  private func strings(in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = range.lowerBound
    while let open = bytes[position..<range.upperBound].firstIndex(where: { Self.isQuote($0) }),
      let close = bytes[(open + 1)..<range.upperBound].firstIndex(of: bytes[open])
    {
      found.append((open + 1)..<close)
      position = close + 1
    }
    return found
  }

  /// The next byte that is no blank.
  private func next(_ position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    return bytes[position...].firstIndex { !ArgumentText.isBlank($0) }
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
  }
}
