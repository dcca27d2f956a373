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

  /// Always one: tables of one shape share the array, and who changes it gets its own.
  private var shapes: [CounterShape]
  private var values: [UInt64] = []

  /// An empty table whose names are looked up in a vocabulary.
  package init(of vocabulary: CounterVocabulary = .none) {
    shapes = CounterShape.empty(of: vocabulary)
  }

  /// A table with the first lines of another one under other numbers; there are no more of them than
  /// the other one has lines.
  package init(like other: CounterTable, values numbers: ArraySlice<UInt64>) {
    shapes = numbers.isEmpty ? CounterShape.empty(of: other.shapes[0].vocabulary) : other.shapes
    values = Array(numbers.prefix(other.count))
    if !values.isEmpty, values.count < other.count { shapes[0].cut(to: values.count) }
  }

  package var isEmpty: Bool { values.isEmpty }
  package var count: Int { values.count }

  // MARK: Filling

  /// Makes room for `count` lines, so that filling the table does not allocate.
  package mutating func reserve(_ count: Int) {
    shapes[0].reserve(count)
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
    let mark = CounterShape.Mark(isKibibytes: isKibibytes, isNumber: state != .notANumber)
    shapes[0].append(name: name, of: text, mark: mark)
    values.append(value)
  }

  /// Adds lines of numbers, whose names stand in a text.
  package mutating func append(
    names: ArraySlice<Range<Int>>,
    of text: Span<UInt8>,
    values numbers: ArraySlice<UInt64>
  ) {
    shapes[0].append(names: names, of: text)
    values += numbers
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

  // MARK: Lines

  package var entries: LazyMapSequence<Range<Int>, Entry> {
    values.indices.lazy.map { self.entry(at: $0) }
  }

  private func entry(at index: Int) -> Entry {
    let mark = shapes[0].lines[index].mark
    let state: State =
      !mark.isNumber ? .notANumber : values[index] >> 63 == 0 ? .number : .wrappedNegative
    return Entry(state: state, isKibibytes: mark.isKibibytes, value: values[index])
  }

  /// The bytes of an entry's name.
  package func nameBytes(at index: Int) -> ArraySlice<UInt8> {
    shapes[0].names[shapes[0].range(of: index)]
  }

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

  private func line(of number: UInt8) -> Int? { shapes[0].line(of: number) }

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
    guard let line = line(of: number), shapes[0].lines[line].mark.isNumber, values[line] >> 63 == 0
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
