internal import HostModel

/// `Node 0, zone Normal` at the beginning of a line, in pagetypeinfo with `, type Movable` behind it.
struct ZoneLabel: Hashable, CustomStringConvertible {
  var node: NodeID
  var kind: ZoneKind
  /// The migrate type; nil where the line has none.
  var type: String?

  var hasType: Bool { type != nil }

  var description: String {
    "node \(node) zone \(kind.name)" + (type.map { " type \($0)" } ?? "")
  }

  /// The label and where it ends; nil where the line doesn't begin with one.
  static func parse(_ text: Span<UInt8>, _ line: Range<Int>) -> (ZoneLabel, end: Int)? {
    let node = text.word(from: line.lowerBound, in: line)
    let number = text.word(from: node.upperBound, in: line)
    let zone = text.word(from: number.upperBound, in: line)
    let name = text.word(from: zone.upperBound, in: line)
    guard text.equals(node, "Node"), let digits = text.withoutComma(number),
      let id = text.decimal(digits).flatMap({ UInt32(exactly: $0) }),
      text.equals(zone, "zone"), text.isVisibleASCII(name)
    else { return nil }
    guard let bare = text.withoutComma(name) else {
      let kind = ZoneKind(name: text.string(name))
      return (ZoneLabel(node: NodeID(id), kind: kind), name.upperBound)
    }
    let word = text.word(from: name.upperBound, in: line)
    let type = text.word(from: word.upperBound, in: line)
    guard text.equals(word, "type"), text.isVisibleASCII(type), !bare.isEmpty else { return nil }
    let kind = ZoneKind(name: text.string(bare))
    return (ZoneLabel(node: NodeID(id), kind: kind, type: text.string(type)), type.upperBound)
  }
}

extension Span<UInt8> {
  /// The word in front of the comma that ends it; nil where there is none.
  fileprivate func withoutComma(_ word: Range<Int>) -> Range<Int>? {
    guard let last = word.last, self[last] == UInt8(ascii: ",") else { return nil }
    return word.lowerBound..<last
  }
}
