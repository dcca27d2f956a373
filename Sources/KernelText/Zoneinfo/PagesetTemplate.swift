internal import HostModel

/// A cpu's list of free pages as it was read last, and where it stands in the text.
///
/// Lists are nearly all of a large host's file: nodes × zones × cpus of them, and in most of them
/// little else than the cpu's number is new. So a list is compared with the one before eight bytes at
/// a time; where it differs behind what stands in front of a line's number, that number is read.
struct PagesetTemplate {
  enum Field {
    case cpu
    case count
    case high
    case batch
    case highMin
    case highMax
    case statThreshold
  }

  private struct Line {
    var field: Field
    /// Bytes in front of the number.
    var prefix: Int
    /// Bytes of the line, its newline among them.
    var length: Int
  }

  private var lines: [Line] = []
  /// Where the list begins, whose lines follow each other.
  private var start = 0
  /// Where it ends.
  private var end = 0
  /// The list that was read last, or as far as it was read.
  private(set) var list = PagesetSnapshot(cpu: 0)
  /// Whether a whole list was seen, and all of its lines are fields.
  private(set) var isWhole = false
  private var isUsable = true

  /// Lines of a list.
  var count: Int { lines.count }

  /// The lists end: what was learned is one whole list.
  mutating func finish() {
    if isUsable, !lines.isEmpty { isWhole = true }
  }

  /// Another list begins that was not as expected.
  mutating func next() {
    guard isWhole || !isUsable || lines.isEmpty else {
      isWhole = true
      return
    }
    lines.removeAll(keepingCapacity: true)
    list = PagesetSnapshot(cpu: 0)
    isWhole = false
    isUsable = true
  }

  /// Whether a line is the first one of a list again, so that what was learned is one whole list.
  mutating func beginsAgain(_ text: Span<UInt8>, at position: Int) -> Bool {
    guard isUsable, let first = lines.first,
      text.alike(position, start, upTo: first.prefix) == first.prefix
    else { return false }
    isWhole = true
    return true
  }

  /// A line that is none of the fields: such lists are read word by word.
  mutating func giveUp() { isUsable = false }

  mutating func learn(_ field: Field, _ line: LineTemplate.Line, value: UInt64) {
    guard isUsable, !isWhole else { return }
    if lines.isEmpty {
      start = line.start
      end = start
    }
    guard line.start == end, line.length > 0, take(value, as: field) else { return giveUp() }
    lines.append(Line(field: field, prefix: line.prefix, length: line.length))
    end += line.length
  }

  /// Reads a list that has the same lines into `list`; false where it has others, or a number that
  /// can't be true, and `position` stays.
  @inline(__always)
  mutating func read(_ text: Span<UInt8>, at position: inout Int) -> Bool {
    var here = position
    var there = start
    var index = 0
    while case let alike = text.alike(here, there, upTo: end &- there), alike < end &- there {
      // The lines in front of the one with the difference; it lies in front of the list's end.
      var left = alike
      while left >= lines[index].length {
        left &-= lines[index].length
        index &+= 1
      }
      here &+= alike &- left
      let line = lines[index]
      guard left >= line.prefix, let number = text.number(at: here &+ line.prefix),
        take(number.value, as: line.field)
      else {
        // Behind its first line the list has numbers of two.
        if index > 0 { (isWhole, isUsable) = (false, false) }
        return false
      }
      there &+= alike &- left &+ line.length
      lines[index].length = number.end &- here
      here = number.end
      index &+= 1
    }
    start = position
    position = here &+ (end &- there)
    end = position
    return true
  }

  /// Puts a number in its place; false where it can't be true.
  @inline(__always)
  private mutating func take(_ value: UInt64, as field: Field) -> Bool {
    switch field {
    case .cpu:
      guard let cpu = UInt32(exactly: value) else { return false }
      list.cpu = cpu
    case .count:
      guard value >> 40 == 0 else { return false }
      list.count = value
    case .high: list.high = value
    case .batch: list.batch = value
    case .highMin: list.highMin = value
    case .highMax: list.highMax = value
    case .statThreshold: list.statThreshold = value
    }
    return true
  }
}
