internal import SourceText

extension KernelArgumentFormat {
  /// Device-tree sources: the command line under `/chosen`, and the CMA area that a board reserves.
  static let deviceTree = KernelArgumentFormat(
    name: "device-tree",
    title: "Device-tree source",
    documentation: FormatRow(
      recognizedBy: "`.dts`, `.dtsi`, `.dtso` with `bootargs` or a node `linux,cma`",
      read: """
        `bootargs`, also `bootargs-append`, `-ext`, `-override`; `size` of a node with `linux,cma` or `linux,cma-default`, as `cma=` in its \
        place
        """,
      notRead: "areas with a fixed place (`reg`); macros; compiled trees"
    ),
    markers: .deviceTree,
    recognizes: { sample in
      sample.hasSuffix(".dts", ".dtsi", ".dtso", ".overlay", ".dtsx")
        || sample.hasLine(beginning: "/dts-v1/")
    },
    locate: { (_, bytes) in DeviceTreeText(bytes: bytes).lists() }
  )
}

private struct DeviceTreeText {
  private let bytes: [UInt8]

  /// Comments become blanks.
  init(bytes: [UInt8]) {
    var text = bytes
    var index = 0
    var isString = false
    while index < text.count {
      let rest = bytes[index...]
      if text[index] == UInt8(ascii: "\""), index == 0 || bytes[index - 1] != UInt8(ascii: "\\") {
        isString.toggle()
      }
      var end = index
      if !isString, rest.starts(with: "//".utf8) {
        end = rest.firstIndex(of: 0x0A) ?? bytes.count
      } else if !isString, rest.starts(with: "/*".utf8) {
        end = rest.dropFirst(2).firstRange(of: Array("*/".utf8))?.upperBound ?? bytes.count
      }
      for place in index..<end where text[place] != 0x0A { text[place] = 0x20 }
      index = max(end, index + 1)
    }
    self.bytes = text
  }

  func lists() -> [ArgumentList] {
    // Loaders of vendors add the others to the first, or put them in its place.
    let names = ["bootargs", "bootargs-append", "bootargs-ext", "bootargs-override"]
    let lines = names.flatMap { name in
      properties(name, in: bytes.indices).map { range in
        ArgumentList(title: name, fragments: strings(in: range), isComplete: false)
      }
    }
    let areas = nodes().compactMap { node -> ArgumentList? in
      let isOurs =
        bytes[node.name].firstRange(of: Array("linux,cma".utf8)) != nil
        || bytes[node.body].firstRange(of: Array("linux,cma-default".utf8)) != nil
      guard isOurs, let (size, range) = size(in: node.body), size > 0 else { return nil }
      let text = Self.text(of: size)
      return ArgumentList(
        title: "linux,cma",
        fragments: [.setting("cma=\(text)", at: range)],
        isComplete: false
      )
    }
    return (lines + areas).filter { !$0.fragments.isEmpty }
  }

  /// As the kernel takes it: `1G`, `320M`.
  static func text(of size: UInt64) -> String {
    for (shift, unit) in [(30, "G"), (20, "M"), (10, "K")] where size % (1 << shift) == 0 {
      return "\(size >> shift)\(unit)"
    }
    return "\(size)"
  }

  /// Values of a property of that name in a part of the text, up to the semicolon.
  private func properties(_ name: String, in part: Range<Int>) -> [Range<Int>] {
    let name = Array(name.utf8)
    var found: [Range<Int>] = []
    var start = part.lowerBound
    while let range = bytes[start..<part.upperBound].firstRange(of: name) {
      start = range.upperBound
      let rest = bytes[start..<part.upperBound].drop { ArgumentText.isBlank($0) }
      let isWhole = range.lowerBound == 0 || Self.endsWord(bytes[range.lowerBound - 1])
      guard isWhole, rest.first == UInt8(ascii: "="),
        let end = rest.firstIndex(of: UInt8(ascii: ";"))
      else { continue }
      found.append((rest.startIndex + 1)..<end)
      start = end
    }
    return found
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    ArgumentText.isBlank(byte) || "{};".utf8.contains(byte)
  }

  /// The strings of a value; the kernel gets them in one.
  private func strings(in range: Range<Int>) -> [ArgumentFragment] {
    var found: [ArgumentFragment] = []
    var start = range.lowerBound
    while let open = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\"")),
      let close = bytes[(open + 1)..<range.upperBound].firstIndex(of: UInt8(ascii: "\""))
    {
      found.append(.line((open + 1)..<close, in: bytes))
      start = close + 1
    }
    return found
  }

  /// Nodes that hold no other node: the areas of reserved memory are such.
  private func nodes() -> [(name: Range<Int>, body: Range<Int>)] {
    var found: [(Range<Int>, Range<Int>)] = []
    var open: Int?
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "{") { open = index }
      guard bytes[index] == UInt8(ascii: "}"), let begin = open else { continue }
      let before = bytes[..<begin].lastIndex { "{};\n".utf8.contains($0) } ?? -1
      found.append(((before + 1)..<begin, (begin + 1)..<index))
      open = nil
    }
    return found
  }

  /// `size = <…>`, in one cell or two.
  private func size(in body: Range<Int>) -> (UInt64, Range<Int>)? {
    for range in properties("size", in: body) {
      guard let open = bytes[range].firstIndex(of: UInt8(ascii: "<")),
        let close = bytes[open..<range.upperBound].firstIndex(of: UInt8(ascii: ">"))
      else { continue }
      let words = ArgumentText.words(bytes, (open + 1)..<close).map { bytes.text($0) }
      let cells = words.compactMap { word in
        word.hasPrefix("0x") || word.hasPrefix("0X")
          ? UInt64(word.dropFirst(2), radix: 16) : UInt64(word)
      }
      guard cells.count == words.count, let last = cells.last, cells.count <= 2,
        cells.allSatisfy({ $0 <= UInt64(UInt32.max) })
      else { continue }
      return ((cells.count == 2 ? cells[0] << 32 : 0) | last, open..<(close + 1))
    }
    return nil
  }
}
