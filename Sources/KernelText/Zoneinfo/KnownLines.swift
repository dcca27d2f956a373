internal import HostModel

/// The lines of one part of the records as they were seen so far: what stands in front of the numbers,
/// and the table whose names these are.
struct KnownLines {
  private var template = LineTemplate()
  private(set) var table: CounterTable
  /// So many lines of the template are those of the table.
  private var sound = 0

  init(of vocabulary: CounterVocabulary) { table = CounterTable(of: vocabulary) }

  /// A table that expects these lines.
  var expecting: CounterTable { CounterTable(like: table) }

  /// Reads lines behind the first `line` ones, as long as they are as before.
  @inline(__always)
  func read(
    _ text: Span<UInt8>,
    at position: inout Int,
    from line: Int,
    into numbers: inout [UInt64]
  ) {
    guard line < sound else { return }
    template.read(text, at: &position, lines: line..<sound, into: &numbers)
  }

  /// Takes note of a line that was read word by word.
  mutating func learn(_ prefix: Range<Int>, of text: Span<UInt8>, as line: Int) {
    guard !template.holds(prefix, of: text, as: line) else { return }
    template.learn(prefix, of: text, as: line)
    sound = min(sound, line)
  }

  /// Keeps the names of a table that has just these lines.
  mutating func keep(_ finished: CounterTable) {
    // Every line of a table is either one that was expected or one that was learned; where both
    // are as many, they are the same.
    guard sound < template.count, finished.count == template.count else { return }
    table = finished
    sound = template.count
  }
}
