package import HostModel

/// /proc/iomem: the physical address map, nested by indentation.
package enum IOMemText {
  private static let form = "lines such as `00100000-bfffffff : System RAM`"
  private static let limit = 16 << 20

  /// The ranges in the order of the file, or unknown where the kernel hid their addresses.
  ///
  /// Since 4.6 everyone but root gets the same lines with zeros for addresses (kernel/resource.c).
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> Reading<[IOMemRange]> {
    try CounterText.check(text, file: file, limit: limit)
    var ranges: [IOMemRange] = []
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let content = text.trimmed(line)
      if content.isEmpty { continue }
      let word = text.word(from: content.lowerBound, in: content)
      let colon = text.word(from: word.upperBound, in: content)
      guard let dash = text.firstIndex(of: UInt8(ascii: "-"), in: word),
        let first = text.hexadecimal(word.lowerBound..<dash),
        let last = text.hexadecimal(dash + 1..<word.upperBound),
        text.equals(colon, ":"), first <= last
      else {
        throw ParseError(.malformed(expected: form), file: file, line: scanner.line)
      }
      let name = text.trimmed(colon.upperBound..<content.upperBound)
      // Two blanks a level, at most five levels.
      let depth = Swift.min((content.lowerBound - line.lowerBound) / 2, 8)
      ranges.append(
        IOMemRange(
          AddressRange(first: first, last: last),
          depth: depth,
          name: text.string(name)
        )
      )
    }
    if ranges.allSatisfy({ $0.addresses == AddressRange(first: 0, last: 0) }) {
      return .unknown(
        .unreadable(input: file, cause: "the kernel shows its addresses to root only")
      )
    }
    return .known(ranges)
  }
}
