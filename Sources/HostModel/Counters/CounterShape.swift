/// The names of a table's lines and what follows the numbers: the same for all zones of a kernel.
struct CounterShape: Hashable, Sendable {
  /// What belongs to a line beside its name and its value.
  struct Mark: Hashable, Sendable {
    var isKibibytes: Bool
    var isNumber: Bool
  }

  struct Line: Hashable, Sendable {
    var nameEnd: UInt32
    /// The name's number in the vocabulary, or `unknown`.
    var number: UInt8
    var mark: Mark
  }

  static let unknown = UInt8.max
  /// As many lines as most tables have at most.
  static let usualLines = 64

  let vocabulary: CounterVocabulary
  private(set) var names: [UInt8] = []
  private(set) var lines: [Line] = []
  /// By the number of a known name: its first line, `noLine` where there is none. It follows from
  /// `lines`.
  private var firstLines: [UInt16] = []
  private static let noLine = Int(UInt16.max)

  private init(vocabulary: CounterVocabulary) { self.vocabulary = vocabulary }

  // MARK: Shapes without lines

  /// What every table begins with, boxed as tables hold it.
  static func empty(of vocabulary: CounterVocabulary) -> [CounterShape] {
    switch vocabulary {
    case .none: none
    case .memory: memory
    case .meminfo: meminfo
    case .zoneSizes: zoneSizes
    case .outOfMemory: outOfMemory
    }
  }

  private static let none = [CounterShape(vocabulary: .none)]
  private static let memory = [CounterShape(vocabulary: .memory)]
  private static let meminfo = [CounterShape(vocabulary: .meminfo)]
  private static let zoneSizes = [CounterShape(vocabulary: .zoneSizes)]
  private static let outOfMemory = [CounterShape(vocabulary: .outOfMemory)]

  // MARK: Lines

  mutating func reserve(_ count: Int) {
    names.reserveCapacity(count * 20)
    lines.reserveCapacity(count)
  }

  func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(lines[index - 1].nameEnd))..<Int(lines[index].nameEnd)
  }

  /// The first line with a known name.
  func line(of number: UInt8) -> Int? {
    let number = Int(number)
    guard number < firstLines.count else { return nil }
    let line = Int(firstLines[number])
    return line == Self.noLine ? nil : line
  }

  mutating func append(name: Range<Int>, of text: Span<UInt8>, mark: Mark) {
    if lines.isEmpty { reserve(Self.usualLines) }
    let name = text.extracting(name)
    // The pointer does not leave the closure.
    unsafe name.withUnsafeBufferPointer { unsafe names.append(contentsOf: $0) }
    // Names are cut from texts whose length the collector bounds far below 4 GiB.
    let end = UInt32(truncatingIfNeeded: names.count)
    let number = vocabulary.number(of: name)
    if let number { note(number, at: lines.count) }
    lines.append(Line(nameEnd: end, number: number ?? Self.unknown, mark: mark))
  }

  /// Adds lines of plain numbers.
  mutating func append(names: ArraySlice<Range<Int>>, of text: Span<UInt8>) {
    let mark = Mark(isKibibytes: false, isNumber: true)
    for name in names { append(name: name, of: text, mark: mark) }
  }

  private mutating func note(_ number: UInt8, at line: Int) {
    if firstLines.isEmpty {
      firstLines = Array(repeating: UInt16(Self.noLine), count: vocabulary.count)
    }
    // A name that comes again, or so late, is not the first one.
    guard firstLines[Int(number)] == Self.noLine, line < Self.noLine else { return }
    firstLines[Int(number)] = UInt16(line)
  }

  /// Forgets all lines from `count` on.
  mutating func cut(to count: Int) {
    names = Array(names[..<(count == 0 ? 0 : Int(lines[count - 1].nameEnd))])
    lines = Array(lines[..<count])
    firstLines = []
    for line in lines.indices where lines[line].number != Self.unknown {
      note(lines[line].number, at: line)
    }
  }
}
