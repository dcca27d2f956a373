internal import HostModel

/// The lines of a cpu's list of free pages as the list before had them.
///
/// Lists are nearly all of a large host's file: nodes × zones × cpus of them.
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

  private var lines = LineTemplate()
  private var fields: [Field] = []
  /// Whether a whole list was seen, and all of its lines are fields.
  private(set) var isWhole = false
  private var isUsable = true

  /// Lines of a list.
  var count: Int { fields.count }

  /// The lists end: what was learned is one whole list.
  mutating func finish() { isWhole = isUsable && !fields.isEmpty }

  /// Another list begins that was not as expected.
  mutating func next() {
    if !isWhole, isUsable, !fields.isEmpty {
      isWhole = true
      return
    }
    lines.cut(to: 0)
    fields.removeAll(keepingCapacity: true)
    isWhole = false
    isUsable = true
  }

  /// A line that is none of the fields: such lists are read word by word.
  mutating func giveUp() { isUsable = false }

  mutating func learn(_ field: Field, _ prefix: Range<Int>, of text: Span<UInt8>) {
    guard isUsable, !isWhole else { return }
    lines.learn(prefix, of: text, as: fields.count)
    fields.append(field)
  }

  /// Reads a list that has the same lines; nil where it has others, or a number that can't be true,
  /// and `position` stays.
  @inline(__always)
  func read(
    _ text: Span<UInt8>,
    at position: inout Int,
    _ numbers: inout [UInt64]
  ) -> PagesetSnapshot? {
    var end = position
    numbers.removeAll(keepingCapacity: true)
    lines.read(text, at: &end, lines: 0..<fields.count, into: &numbers)
    guard numbers.count == fields.count else { return nil }
    var list = PagesetSnapshot(cpu: 0)
    for (index, field) in fields.enumerated() {
      let value = numbers[index]
      switch field {
      case .cpu:
        guard let cpu = UInt32(exactly: value) else { return nil }
        list.cpu = cpu
      case .count:
        guard value >> 40 == 0 else { return nil }
        list.count = value
      case .high: list.high = value
      case .batch: list.batch = value
      case .highMin: list.highMin = value
      case .highMax: list.highMax = value
      case .statThreshold: list.statThreshold = value
      }
    }
    position = end
    return list
  }
}
