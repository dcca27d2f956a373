/// The lines of a part of a record as they were read last: where each stands in the text, what
/// stands in front of its number, and the number.
///
/// One kernel prints the lines of all zones alike, blanks included. So the first record is read word
/// by word, and each line of a further one is compared eight bytes at a time with the one that was
/// read before: where all of it is the same, so is its number; where it differs behind what stands
/// in front of the number, only the number is read. Nothing of the text is copied.
struct LineTemplate {
  struct Line {
    /// Where the line begins.
    var start: Int
    /// Bytes in front of the number.
    var prefix: Int
    /// Bytes of the line, its newline among them; 0 where more than that follows the number, so that
    /// no other line is known to be like it.
    var length: Int
  }

  private var lines: [Line] = []
  /// Where the names of the lines stand.
  private(set) var names: [Range<Int>] = []
  /// The numbers that the lines had.
  private(set) var values: [UInt64] = []

  /// Keeps a line that was read word by word. One that is not the next one starts anew from there:
  /// what was expected behind it is forgotten.
  ///
  /// - Returns: Whether the line is a new one.
  mutating func learn(
    _ line: Line,
    name: Range<Int>,
    value: UInt64,
    of text: Span<UInt8>,
    as index: Int
  ) -> Bool {
    if index < lines.count {
      let known = lines[index]
      if line.length > 0, known.length > 0, known.prefix == line.prefix,
        text.alike(line.start, known.start, upTo: line.prefix) == line.prefix
      {
        lines[index] = line
        names[index] = name
        values[index] = value
        return false
      }
      lines.removeLast(lines.count - index)
      names.removeLast(names.count - index)
      values.removeLast(values.count - index)
    } else if index == 0 {
      lines.reserveCapacity(64)
      names.reserveCapacity(64)
      values.reserveCapacity(64)
    }
    lines.append(line)
    names.append(name)
    values.append(value)
    return true
  }

  /// Reads lines from `first` on as long as they are as expected, and stops in front of the first that
  /// is not. Their numbers are in `values` then.
  ///
  /// - Parameters:
  ///   - text: The text that all lines were read from.
  ///   - position: The start of a line; moved to the start of the first that was not read.
  ///   - first: The number of the line that is expected at `position`.
  /// - Returns: The number of the first line that was not read.
  @inline(__always)
  mutating func read(_ text: Span<UInt8>, at position: inout Int, from first: Int) -> Int {
    guard first < lines.count else { return first }
    return Self.read(text, at: &position, from: first, &lines, &values)
  }

  @inline(__always)
  private static func read(
    _ text: Span<UInt8>,
    at position: inout Int,
    from first: Int,
    _ known: inout [Line],
    _ numbers: inout [UInt64]
  ) -> Int {
    // Spans are taken once, so that no array is asked on each line whether it is its only owner.
    var lines = known.mutableSpan
    var values = numbers.mutableSpan
    var index = first
    while index < lines.count {
      let line = lines[index]
      let alike = text.alike(position, line.start, upTo: line.length)
      if alike == line.length, alike > 0 {
        position &+= alike
        index &+= 1
        continue
      }
      guard alike >= line.prefix, line.length > 0,
        let number = text.number(at: position &+ line.prefix)
      else { return index }
      lines[index].start = position
      lines[index].length = number.end &- position
      values[index] = number.value
      position = number.end
      index &+= 1
    }
    return index
  }
}
