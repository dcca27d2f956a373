package import HostModel

/// Memory blocks as runs of neighbours that are alike, one run a line. Sysfs has two files and a link
/// for each block, which is too much for a text that holds a whole host:
///
///     0-31 online DMA32,Normal node0
///     32-63 offline Movable,Normal node1
///     64 online none node0,node1
///
/// The first column counts as `memoryN` does, the others are `state`, `valid_zones` (with the kernel's
/// `none`) and the nodes that link to the block. `-` stands for a file that is not there, and for no
/// node; `?` stands for a file that could not be read.
package enum MemoryBlockRunsText {
  private static let form = "lines such as `0-31 online Normal node0`, in ascending order"
  /// More blocks than any host has: 128 TiB in blocks of 128 MiB.
  private static let limit: UInt64 = 1 << 20

  /// The blocks; `folder` is where sysfs has them, for those whose files are not there.
  package static func parse(
    _ text: Span<UInt8>,
    folder: String,
    file: String
  ) throws(ParseError) -> [MemoryBlock] {
    var blocks: [MemoryBlock] = []
    var next: UInt64 = 0
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      let numbers = text.word(from: line.lowerBound, in: line)
      let state = text.word(from: numbers.upperBound, in: line)
      let zones = text.word(from: state.upperBound, in: line)
      let nodes = text.word(from: zones.upperBound, in: line)
      let dash = text.firstIndex(of: UInt8(ascii: "-"), in: numbers)
      guard !nodes.isEmpty, nodes.upperBound == line.upperBound,
        text.isVisibleASCII(line, or: .space),
        let first = text.decimal(numbers.lowerBound..<(dash ?? numbers.upperBound)),
        let last = dash.map({ text.decimal($0 + 1..<numbers.upperBound) }) ?? first,
        first >= next, first <= last, last < 1 << 48
      else { throw ParseError(.malformed(expected: form), file: file, line: scanner.line) }
      guard last - first < limit - UInt64(blocks.count) else {
        throw ParseError(
          .numberTooLarge(field: "the number of memory blocks"),
          file: file,
          line: scanner.line
        )
      }
      next = last + 1
      let ids = try self.nodes(text, nodes, file: file, line: scanner.line)
      let known = Self.state(text, state)
      let kinds = Self.zones(text, zones)
      for number in first...last {
        let block = "\(folder)/memory\(number)"
        blocks.append(
          MemoryBlock(
            number: number,
            state: known ?? unknown(text, state, input: block + "/state"),
            validZones: kinds ?? unknown(text, zones, input: block + "/valid_zones"),
            nodes: ids
          )
        )
      }
    }
    return blocks
  }

  /// Neighbours that are alike, as the columns of a line have them.
  package struct Run: Equatable {
    package var numbers: ClosedRange<UInt64>
    package var state: String
    /// With commas between them.
    package var zones: String
    /// `node0`; empty where no node links to the blocks.
    package var nodes: [String]

    package init(numbers: ClosedRange<UInt64>, state: String, zones: String, nodes: [String]) {
      self.numbers = numbers
      self.state = state
      self.zones = zones
      self.nodes = nodes
    }

    package var line: String {
      let (first, last) = (numbers.lowerBound, numbers.upperBound)
      let numbers = first == last ? "\(first)" : "\(first)-\(last)"
      let nodes = nodes.isEmpty ? "-" : nodes.joined(separator: ",")
      return "\(numbers) \(state) \(zones) \(nodes)\n"
    }

    fileprivate init(_ block: MemoryBlock) {
      numbers = block.number...block.number
      state =
        switch block.state {
        case .known(.online, _): "online"
        case .known(.offline, _): "offline"
        case .known(.goingOffline, _): "going-offline"
        case .known(.other(let word), _): word
        case .unknown(let reason): Self.mark(reason)
        }
      zones =
        switch block.validZones {
        case .known(let kinds, _): kinds.isEmpty ? "none" : kinds.map(\.name).joined(separator: ",")
        case .unknown(let reason): Self.mark(reason)
        }
      nodes = block.nodes.map { "node\($0)" }
    }

    private static func mark(_ reason: UnknownReason) -> String {
      if case .missing = reason { "-" } else { "?" }
    }

    /// Whether the other one's blocks follow and are like these.
    fileprivate func continues(with next: Run) -> Bool {
      var next = next
      guard next.numbers.lowerBound > 0, next.numbers.lowerBound - 1 == numbers.upperBound else {
        return false
      }
      next.numbers = numbers
      return next == self
    }
  }

  /// The text of a table's blocks.
  package static func render(_ blocks: [MemoryBlock]) -> String {
    var text = ""
    var open: Run?
    for block in blocks {
      let next = Run(block)
      if let run = open, run.continues(with: next) {
        open?.numbers = run.numbers.lowerBound...block.number
      } else {
        text += open?.line ?? ""
        open = next
      }
    }
    return text + (open?.line ?? "")
  }

  // MARK: Columns

  private static func state(
    _ text: Span<UInt8>,
    _ word: Range<Int>
  ) -> Reading<MemoryBlock.State>? {
    if text.equals(word, "-") || text.equals(word, "?") { return nil }
    return .known(MemoryBlockText.state(text, word))
  }

  private static func zones(_ text: Span<UInt8>, _ word: Range<Int>) -> Reading<[ZoneKind]>? {
    if text.equals(word, "-") || text.equals(word, "?") { return nil }
    if text.equals(word, "none") { return .known([]) }
    return .known(text.items(of: word).map { ZoneKind(name: text.string($0)) })
  }

  private static func nodes(
    _ text: Span<UInt8>,
    _ word: Range<Int>,
    file: String,
    line: Int
  ) throws(ParseError) -> [NodeID] {
    if text.equals(word, "-") { return [] }
    var ids: [NodeID] = []
    for item in text.items(of: word) {
      guard let id = SysfsName.node(text.string(item)) else {
        throw ParseError(.malformed(expected: form), file: file, line: line)
      }
      ids.append(id)
    }
    return ids
  }

  private static func unknown<Value>(
    _ text: Span<UInt8>,
    _ word: Range<Int>,
    input: String
  ) -> Reading<Value> {
    text.equals(word, "-")
      ? .unknown(.missing(input: input))
      : .unknown(
        .unreadable(input: input, cause: "it could not be read when the host was captured")
      )
  }
}

extension Span<UInt8> {
  /// The parts of a word between its commas.
  fileprivate func items(of word: Range<Int>) -> [Range<Int>] {
    var items: [Range<Int>] = []
    var start = word.lowerBound
    while let comma = firstIndex(of: UInt8(ascii: ","), in: start..<word.upperBound) {
      items.append(start..<comma)
      start = comma + 1
    }
    items.append(start..<word.upperBound)
    return items
  }

  /// Whether the range holds only visible ASCII characters and this one.
  fileprivate func isVisibleASCII(_ range: Range<Int>, or other: UInt8) -> Bool {
    for index in range where self[index] != other && !(0x21...0x7E).contains(self[index]) {
      return false
    }
    return true
  }
}
