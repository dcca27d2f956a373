/// Named counters in the order in which the kernel printed them.
///
/// A counter that no one has heard of yet is kept like any other. The names stand apart from the
/// values: tables of one shape, such as those of a kernel's zones, share them, and reading one more
/// such table only compares its names and adds a number a line. Which of the names zonewise knows
/// (`CounterName`) is found out once for each shape.
@usableFromInline
package struct CounterTable: Hashable, Sendable {
  /// What became of the text behind a name.
  package enum State: Sendable {
    case number
    /// A count below zero that the kernel printed as unsigned.
    case wrappedNegative
    case notANumber
  }

  /// One line of the table.
  package struct Entry: Hashable, Sendable {
    package var state: State
    /// Whether `kB` followed the number.
    package var isKibibytes: Bool
    package var value: UInt64
  }

  private var shape: Shape
  private var values: [UInt64] = []

  /// An empty table whose names are looked up in a vocabulary.
  package init(of vocabulary: CounterVocabulary = .none) {
    shape = Shape(vocabulary: vocabulary)
  }

  /// An empty table that expects the lines of another one. `close` ends it.
  package init(like other: CounterTable) {
    shape = other.shape
    values.reserveCapacity(shape.lines.count)
  }

  package var isEmpty: Bool { values.isEmpty }
  package var count: Int { values.count }

  // MARK: Filling

  /// Makes room for `count` lines, so that filling the table does not allocate.
  package mutating func reserve(_ count: Int) {
    shape.reserve(count)
    values.reserveCapacity(count)
  }

  /// Adds a line. A repeated name is kept; the first one answers look-ups.
  package mutating func append(
    name: Range<Int>,
    of text: Span<UInt8>,
    value: UInt64,
    state: State = .number,
    isKibibytes: Bool = false
  ) {
    let mark = Shape.Mark(isKibibytes: isKibibytes, isNumber: state != .notANumber)
    let index = values.count
    if index < shape.lines.count {
      guard !shape.matches(index, name: name, of: text, mark: mark) else {
        values.append(value)
        return
      }
      shape.cut(to: index)
    }
    shape.append(name: name, of: text, mark: mark)
    values.append(value)
  }

  /// Lines of the table that this one is to be like and that it has not reached yet.
  package var expectedLines: Int { max(0, shape.lines.count - values.count) }

  /// Adds the next lines of the table that this one is to be like, whose names the caller has seen.
  ///
  /// There are no more of them than `expectedLines`: what is beyond has no name and is left out.
  package mutating func append(expected numbers: [UInt64]) {
    values += numbers.prefix(expectedLines)
  }

  /// Adds a line under a name that the caller spells out.
  package mutating func append(name: String, value: UInt64, isKibibytes: Bool = false) {
    let bytes = Array(name.utf8)
    append(name: bytes.indices, of: bytes.span, value: value, isKibibytes: isKibibytes)
  }

  /// Puts another value under the name that was added last.
  package mutating func replaceLast(with value: UInt64) {
    guard let last = values.indices.last else { return }
    values[last] = value
  }

  /// Forgets lines of the table that this one was to be like and that it does not have.
  package mutating func close() {
    if values.count < shape.lines.count { shape.cut(to: values.count) }
  }

  // MARK: Lines

  package var entries: LazyMapSequence<Range<Int>, Entry> {
    values.indices.lazy.map { self.entry(at: $0) }
  }

  private func entry(at index: Int) -> Entry {
    let mark = shape.lines[index].mark
    let state: State =
      !mark.isNumber ? .notANumber : values[index] >> 63 == 0 ? .number : .wrappedNegative
    return Entry(state: state, isKibibytes: mark.isKibibytes, value: values[index])
  }

  /// The bytes of an entry's name.
  package func nameBytes(at index: Int) -> ArraySlice<UInt8> { shape.names[shape.range(of: index)] }

  package func name(at index: Int) -> String {
    String(decoding: nameBytes(at: index), as: UTF8.self)
  }

  /// The entry of a name that may be in no vocabulary.
  /// - Complexity: O(lines).
  package func entry(_ name: String) -> Entry? {
    values.indices.first { nameBytes(at: $0).elementsEqual(name.utf8) }.map { entry(at: $0) }
  }

  /// The number under a name that may be in no vocabulary, or nil where none can be trusted.
  package subscript(name: String) -> UInt64? {
    guard let entry = entry(name), entry.state == .number else { return nil }
    return entry.value
  }

  // MARK: Known names

  private func line(of number: UInt8) -> Int? {
    for line in values.indices where shape.lines[line].number == number { return line }
    return nil
  }

  // A module's own generic functions would be asked for their types at run time by every other one:
  // these hand the name's number and spelling on to functions that are not generic.

  /// Whether the kernel printed that counter.
  @inlinable
  package func has<Name: CounterName>(_ name: Name) -> Bool { has(number: name.rawValue) }

  /// The number under that name, or nil where none can be trusted.
  @inlinable
  package func number<Name: CounterName>(_ name: Name) -> UInt64? { value(of: name.rawValue) }

  /// The number under that name, or why it is unknown; `input` names the table for the reader.
  @inlinable
  package func reading<Name: CounterName>(_ name: Name, in input: Input) -> Reading<UInt64> {
    reading(name.rawValue, name.text, in: input, below: 64)
  }

  /// A count of pages; refused from 2^64 bytes on, whatever the size of a page.
  @inlinable
  package func pages<Name: CounterName>(_ name: Name, in input: Input) -> Reading<PageCount> {
    pages(name.rawValue, name.text, in: input)
  }

  /// A count of pages, or nil where none can be trusted: for sums that need say nothing about one.
  @inlinable
  package func soundPages<Name: CounterName>(_ name: Name) -> PageCount? {
    soundPages(number: name.rawValue)
  }

  /// A size in KiB, as in /proc/meminfo; refused from 2^64 bytes on.
  @inlinable
  package func kibibytes<Name: CounterName>(_ name: Name, in input: Input) -> Reading<ByteCount> {
    kibibytes(name.rawValue, name.text, in: input)
  }

  @usableFromInline
  func has(number: UInt8) -> Bool { line(of: number) != nil }

  @usableFromInline
  func value(of number: UInt8) -> UInt64? {
    guard let line = line(of: number), shape.lines[line].mark.isNumber, values[line] >> 63 == 0
    else { return nil }
    return values[line]
  }

  @usableFromInline
  func soundPages(number: UInt8) -> PageCount? {
    guard let value = value(of: number), value >> Self.pageBits == 0 else { return nil }
    return PageCount(value)
  }

  /// No machine has 2^64 bytes, and no page is smaller than 4 KiB.
  private static let pageBits: UInt64 = 52

  @usableFromInline
  func pages(_ number: UInt8, _ name: String, in input: Input) -> Reading<PageCount> {
    reading(number, name, in: input, below: Self.pageBits).map { PageCount($0) }
  }

  @usableFromInline
  func kibibytes(_ number: UInt8, _ name: String, in input: Input) -> Reading<ByteCount> {
    reading(number, name, in: input, below: 54).map { ByteCount.kibibytes($0) }
  }

  /// The same by number; from 2^`bits` on a number is refused.
  @usableFromInline
  func reading(
    _ number: UInt8,
    _ name: String,
    in input: Input,
    below bits: UInt64
  ) -> Reading<UInt64> {
    guard let line = line(of: number) else {
      return .unknown(.notReported(input: input.description, field: name))
    }
    func rejected(_ why: String) -> Reading<UInt64> {
      .unknown(.rejected(input: input.description, field: name, why: why))
    }
    let entry = entry(at: line)
    switch entry.state {
    case .number:
      // A smart shift: by 64 it gives zero.
      guard entry.value >> bits == 0 else {
        return rejected("\(entry.value) is more than any machine has")
      }
      return .known(entry.value, from: input.at(name))
    case .wrappedNegative: return rejected("a count below zero, printed as unsigned")
    case .notANumber: return rejected("not a number")
    }
  }
}

extension CounterTable {
  /// The names of a table's lines and what follows the numbers: the same for all zones of a kernel.
  private struct Shape: Hashable, Sendable {
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

    let vocabulary: CounterVocabulary
    var names: [UInt8] = []
    var lines: [Line] = []

    init(vocabulary: CounterVocabulary) { self.vocabulary = vocabulary }

    mutating func reserve(_ count: Int) {
      names.reserveCapacity(count * 20)
      lines.reserveCapacity(count)
    }

    func range(of index: Int) -> Range<Int> {
      (index == 0 ? 0 : Int(lines[index - 1].nameEnd))..<Int(lines[index].nameEnd)
    }

    func matches(_ index: Int, name: Range<Int>, of text: Span<UInt8>, mark: Mark) -> Bool {
      let own = range(of: index)
      guard own.count == name.count, lines[index].mark == mark else { return false }
      let distance = name.lowerBound &- own.lowerBound  // both are in their texts
      for position in own where names[position] != text[position &+ distance] { return false }
      return true
    }

    mutating func append(name: Range<Int>, of text: Span<UInt8>, mark: Mark) {
      for index in name { names.append(text[index]) }
      // Names are cut from texts whose length the collector bounds far below 4 GiB.
      let end = UInt32(truncatingIfNeeded: names.count)
      let number = vocabulary.number(of: name, in: text) ?? Self.unknown
      lines.append(Line(nameEnd: end, number: number, mark: mark))
    }

    /// Forgets all lines from `count` on.
    mutating func cut(to count: Int) {
      names = Array(names[..<(count == 0 ? 0 : Int(lines[count - 1].nameEnd))])
      lines = Array(lines[..<count])
    }
  }
}
