internal import HostModel

/// The lines of one part of the records: those of the record that is being read, and behind them what
/// is expected of it by the records before.
struct KnownLines {
  private var template = LineTemplate()
  /// The last table that had new lines.
  private var table: CounterTable
  /// So many lines of the template are those of the table.
  private var sound = 0
  /// Lines of the record that is being read.
  private(set) var count = 0

  init(of vocabulary: CounterVocabulary) { table = CounterTable(of: vocabulary) }

  /// Reads lines as long as they are as before, and moves `position` behind them.
  ///
  /// - Returns: How many there are.
  @inline(__always)
  mutating func read(_ text: Span<UInt8>, at position: inout Int) -> Int {
    let first = count
    count = template.read(text, at: &position, from: first)
    return count &- first
  }

  /// Adds a line that was read word by word.
  mutating func append(
    _ line: LineTemplate.Line,
    name: Range<Int>,
    value: UInt64,
    of text: Span<UInt8>
  ) {
    let isNew = template.learn(line, name: name, value: value, of: text, as: count)
    if isNew { sound = min(sound, count) }
    count &+= 1
  }

  /// Forgets the lines that were read, and begins anew.
  mutating func begin() { count = 0 }

  /// The lines that were read as a table.
  mutating func finish(_ text: Span<UInt8>) -> CounterTable {
    let known = min(count, sound)
    var finished = CounterTable(like: table, values: template.values[..<known])
    if count > known {
      finished.append(
        names: template.names[known..<count],
        of: text,
        values: template.values[known..<count]
      )
      table = finished
      sound = count
    }
    count = 0
    return finished
  }
}
