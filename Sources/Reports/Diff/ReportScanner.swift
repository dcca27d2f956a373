/// Finds where each host stands in the text of a report, without reading what it says.
///
/// What is left of the text, the skeleton, has a zero in place of each host, so that whoever reads it
/// sees whether commas and brackets are right. The hosts are to be read one by one.
struct ReportScanner {
  /// Where a host stands.
  struct Place: Sendable {
    var offset: Int
    var length: Int32
    /// From 1.
    var line: Int32
  }

  private enum Where {
    case before
    /// In the array of hosts.
    case inside
    case behind
  }

  private(set) var skeleton: [UInt8] = []
  private(set) var places: [Place] = []
  private var place = Where.before
  private var offset = 0
  private var line = 1
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// The last string at the top, as far as a name that matters is long.
  private var word: [UInt8] = []
  private var isAtHosts = false
  /// Where the host began that is being passed.
  private var start: Int?
  private var startLine = 1

  private static let hosts = Array("hosts".utf8)

  /// Takes the next bytes.
  mutating func feed(_ bytes: [UInt8]) {
    for byte in bytes {
      if isInString {
        passString(byte)
      } else {
        pass(byte)
      }
      if byte == 0x0A {
        line += 1
        if start != nil { skeleton.append(byte) }
      }
      offset += 1
    }
  }

  /// Takes the end of the text: a host that is cut ends there too.
  mutating func finish() {
    if start != nil { end(at: offset) }
  }

  private mutating func passString(_ byte: UInt8) {
    if start == nil { skeleton.append(byte) }
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      return
    }
    if depth == 1, word.count <= Self.hosts.count { word.append(byte) }
  }

  private mutating func pass(_ byte: UInt8) {
    let isAtHost = place == .inside && depth == 2 && start == nil
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if isAtHost {
        begin()
      } else if depth == 1, byte == UInt8(ascii: "["), isAtHosts, place == .before {
        place = .inside
      }
      depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth = max(0, depth - 1)
      if start != nil, depth == 2 { return end(at: offset + 1) }
      if place == .inside, depth < 2 {
        // A host that is a number or a word ends with the array.
        if start != nil { end(at: offset) }
        place = .behind
      }
    case UInt8(ascii: ","):
      if depth == 2, start != nil { end(at: offset) }
    case UInt8(ascii: ":"):
      if depth == 1 { isAtHosts = word == Self.hosts }
    case UInt8(ascii: "\""):
      if isAtHost { begin() }
      isInString = true
      word.removeAll(keepingCapacity: true)
    case 0x20, 0x09, 0x0A, 0x0D: break
    default:
      if isAtHost { begin() }
    }
    if start == nil { skeleton.append(byte) }
  }

  private mutating func begin() {
    start = offset
    startLine = line
  }

  private mutating func end(at end: Int) {
    guard let start else { return }
    skeleton.append(UInt8(ascii: "0"))
    places.append(
      Place(
        offset: start,
        length: Int32(clamping: end - start),
        line: Int32(clamping: startLine)
      )
    )
    self.start = nil
  }
}
