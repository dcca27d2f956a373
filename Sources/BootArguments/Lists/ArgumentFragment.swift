/// A piece of a file that holds kernel arguments: a line of them, a quoted text, an item of a list.
struct ArgumentFragment: Sendable {
  /// How changed arguments get back into the file.
  enum Rewriting: Sendable {
    /// Argument by argument, each encoded for the place where it stands.
    case words(@Sendable (String) -> String)
    /// The whole piece, encoded anew.
    case whole(@Sendable (String) -> String)
    /// Not at all, and why.
    case refused(String)
  }

  /// What an item of a list takes with it when it goes; worked out only then.
  struct Removal: Sendable {
    /// By whether it is the first that stays: then the separator behind it goes, else the one in
    /// front.
    let range: @Sendable (_ isFirst: Bool) -> Range<Int>

    init(_ range: Range<Int>) { self.range = { _ in range } }

    init(_ range: @escaping @Sendable (_ isFirst: Bool) -> Range<Int>) { self.range = range }
  }

  /// A byte that stands for what a shell or a template puts in: no argument that can be known.
  static let opaque: Unicode.Scalar = "\u{1}"

  /// The command line or its part, decoded.
  var text: String
  /// Where each byte of `text` stands in the file; one more for the end.
  var offsets: [Int]
  /// What `whole` replaces.
  var range: Range<Int>
  /// What goes when no argument is left; nil where the empty piece stays.
  var removal: Removal?
  var rewriting: Rewriting
  /// Whether it goes on where the piece before it ends, with no blank between them.
  var isGlued = false

  init(
    text: String,
    offsets: [Int],
    range: Range<Int>,
    removal: Removal? = nil,
    rewriting: Rewriting
  ) {
    self.text = text
    self.offsets = offsets
    self.range = range
    self.removal = removal
    self.rewriting = rewriting
  }

  /// A piece that is only read.
  init(text: String, offsets: [Int], because why: String = "zonewise only reads this; change it") {
    let start = offsets.first ?? 0
    self.init(
      text: text,
      offsets: offsets,
      range: start..<max(start, offsets.last ?? 0),
      rewriting: .refused(why)
    )
  }

  /// A text with as many bytes as these, as each has its place: what is no UTF-8 is no longer in it.
  static func text(of bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.count != bytes.count else { return text }
    return String(decoding: bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }

  /// A piece that means what it says, without any quoting.
  static func verbatim(_ range: Range<Int>, in bytes: [UInt8]) -> ArgumentFragment {
    ArgumentFragment(
      text: text(of: bytes[range]),
      offsets: Array(range.lowerBound...range.upperBound),
      range: range,
      rewriting: .words { $0 }
    )
  }

  /// A piece without quoting, in which a boot loader or a template may put something in.
  static func line(_ range: Range<Int>, in bytes: [UInt8]) -> ArgumentFragment {
    verbatim(range, in: bytes).withoutTemplates
  }

  /// The same piece, which can't be changed.
  func refusing(_ why: String) -> ArgumentFragment {
    var fragment = self
    fragment.rewriting = .refused(why)
    fragment.removal = nil
    return fragment
  }

  /// `name=value` of a name and a value that stand apart; only to be read.
  func assigned(_ value: ArgumentFragment) -> ArgumentFragment {
    var places = Array(offsets.dropLast())
    places.append(value.offsets.first ?? offsets.last ?? 0)
    return ArgumentFragment(text: text + "=" + value.text, offsets: places + value.offsets)
  }

  /// A text of our own making that stands for a setting, in the setting's place; only to be read.
  static func setting(_ text: String, at range: Range<Int>) -> ArgumentFragment {
    ArgumentFragment(
      text: text,
      offsets: Array(repeating: range.lowerBound, count: text.utf8.count) + [range.upperBound]
    )
  }

  /// Some bytes of the text, which are given once more, as a piece of their own.
  func slice(_ part: Range<Int>, of bytes: [UInt8]) -> ArgumentFragment {
    var fragment = self
    fragment.text = Self.text(of: bytes[part])
    fragment.offsets = Array(offsets[part.lowerBound...part.upperBound])
    return fragment
  }
}

extension ArgumentFragment {
  /// The same piece with everything that a template or a boot loader puts in made opaque:
  /// `$name`, `${…}`, `{{…}}`, `{%…%}`, `<%…%>`.
  var withoutTemplates: ArgumentFragment {
    let bytes = Array(text.utf8)
    guard bytes.contains(where: { "${<".utf8.contains($0) }) else { return self }
    var result: [UInt8] = []
    var places: [Int] = []
    var position = 0
    while position < bytes.count {
      places.append(offsets[position])
      if let end = Self.templateEnd(bytes, position) {
        result.append(1)
        position = end
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    places.append(offsets[bytes.count])
    var fragment = self
    fragment.text = String(decoding: result, as: UTF8.self)
    fragment.offsets = places
    return fragment
  }

  private static let templateLimit = 512

  /// Behind the template that begins at a place; nil where none does.
  private static func templateEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    let rest = bytes[start...]
    for (open, close) in [("${", "}"), ("$(", ")"), ("{{", "}}"), ("{%", "%}"), ("<%", "%>")]
    where rest.starts(with: open.utf8) {
      // Not found, each of many openings would be looked for to the end of the text.
      return rest.dropFirst(2).prefix(templateLimit).firstRange(of: Array(close.utf8))?.upperBound
    }
    guard bytes[start] == UInt8(ascii: "$") else { return nil }
    let name = rest.dropFirst().prefix { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    return name.isEmpty ? nil : name.endIndex
  }
}
