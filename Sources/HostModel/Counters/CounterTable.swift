/// Named counters in the order in which the kernel printed them.
///
/// Names are kept as bytes in one buffer, so that reading a table allocates twice however many
/// lines it has, and a counter that no one has heard of yet is kept like any other. Look-ups walk
/// the table: the largest one (/proc/vmstat) has about 200 entries, and a look-up touches only the
/// entries whose name has the right length.
package struct CounterTable: Hashable, Sendable {
  /// What became of the text behind a name.
  package enum State: UInt8, Sendable {
    case number
    /// A count below zero that the kernel printed as unsigned.
    case wrappedNegative
    case notANumber
  }

  /// One line of the table.
  package struct Entry: Hashable, Sendable {
    fileprivate var nameEnd: UInt32
    package var state: State
    /// Whether `kB` followed the number.
    package var isKibibytes: Bool
    package var value: UInt64
  }

  private var names: [UInt8] = []
  package private(set) var entries: [Entry] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// Makes room for `count` entries, so that filling the table does not allocate.
  package mutating func reserve(_ count: Int) {
    names.reserveCapacity(count * 20)
    entries.reserveCapacity(count)
  }

  /// Adds a line. A repeated name is kept; the first one answers look-ups.
  package mutating func append(
    name: Range<Int>,
    of text: Span<UInt8>,
    value: UInt64,
    state: State = .number,
    isKibibytes: Bool = false
  ) {
    for index in name { names.append(text[index]) }
    // Names are cut from texts whose length the collector bounds far below 4 GiB.
    let end = UInt32(truncatingIfNeeded: names.count)
    entries.append(Entry(nameEnd: end, state: state, isKibibytes: isKibibytes, value: value))
  }

  /// Adds a line under a name that the caller spells out.
  package mutating func append(name: String, value: UInt64, isKibibytes: Bool = false) {
    let bytes = Array(name.utf8)
    append(name: bytes.indices, of: bytes.span, value: value, isKibibytes: isKibibytes)
  }

  /// Puts another value under the name that was added last.
  package mutating func replaceLast(with value: UInt64) {
    guard let last = entries.indices.last else { return }
    entries[last].value = value
  }

  /// The bytes of an entry's name.
  package func nameBytes(at index: Int) -> ArraySlice<UInt8> {
    let start = index == 0 ? 0 : Int(entries[index - 1].nameEnd)
    return names[start..<Int(entries[index].nameEnd)]
  }

  package func name(at index: Int) -> String {
    String(decoding: nameBytes(at: index), as: UTF8.self)
  }

  /// The entry of that name.
  /// - Complexity: O(entries).
  package func entry(_ name: String) -> Entry? {
    let wanted = name.utf8
    let length = wanted.count
    var start = 0
    for entry in entries {
      let end = Int(entry.nameEnd)
      if end - start == length, names[start..<end].elementsEqual(wanted) { return entry }
      start = end
    }
    return nil
  }

  /// The number under that name, or nil where there is none that can be trusted.
  package subscript(name: String) -> UInt64? {
    guard let entry = entry(name), entry.state == .number else { return nil }
    return entry.value
  }

  /// The number under that name, or why it is unknown; `input` names the file for the reader.
  package func reading(_ name: String, in input: String) -> Reading<UInt64> {
    guard let entry = entry(name) else {
      return .unknown(.notReported(input: input, field: name))
    }
    switch entry.state {
    case .number:
      return .known(entry.value)
    case .wrappedNegative:
      return .unknown(
        .rejected(input: input, field: name, why: "a count below zero, printed as unsigned")
      )
    case .notANumber:
      return .unknown(.rejected(input: input, field: name, why: "not a number"))
    }
  }

  /// A count of pages.
  package func pages(_ name: String, in input: String) -> Reading<PageCount> {
    reading(name, in: input).map { PageCount($0) }
  }

  /// A size printed in kB, as in /proc/meminfo.
  package func bytes(_ name: String, in input: String) -> Reading<ByteCount> {
    reading(name, in: input).map { ByteCount.kibibytes($0) }
  }
}
