internal import HostModel

/// Values behind their names in a line of words, commas and equals signs.
struct OOMReportFields {
  private let text: String

  init(_ text: String) { self.text = text }

  private func rest(after name: String) -> Substring? {
    guard let mark = text.firstRange(of: name) else { return nil }
    return text[mark.upperBound...]
  }

  func hexadecimal(after name: String) -> UInt64? {
    guard let rest = rest(after: name), rest.hasPrefix("0x") else { return nil }
    let digits = rest.dropFirst(2).prefix { $0.isHexDigit }
    // Digits that someone blotted out would give another mask.
    guard let end = rest[digits.endIndex...].first else { return UInt64(digits, radix: 16) }
    return "(, ".contains(end) ? UInt64(digits, radix: 16) : nil
  }

  func number(after name: String) -> Int64? {
    guard let rest = rest(after: name) else { return nil }
    return Int64(rest.drop { $0 == " " }.prefix { $0 == "-" || ($0.isASCII && $0.isNumber) })
  }

  func kibibytes(after name: String) -> ByteCount? {
    guard let rest = rest(after: name) else { return nil }
    let digits = rest.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
    return UInt64(digits).map { .kibibytes($0) }
  }

  /// `884736` behind `length `, in bytes.
  func bytes(after name: String) -> ByteCount? {
    number(after: name).flatMap { UInt64(exactly: $0) }.map { ByteCount($0) }
  }

  /// `(GFP_KERNEL|__GFP_ZERO)` behind the mask.
  func flags(after name: String) -> [String]? {
    guard let rest = rest(after: name), let open = rest.firstIndex(of: "("),
      rest[..<open].allSatisfy({ $0.isHexDigit || "x* ".contains($0) }),
      let close = rest[open...].firstIndex(of: ")")
    else { return nil }
    return rest[rest.index(after: open)..<close].split(separator: "|").map { flag in
      String(flag.filter { $0 != " " })
    }
  }

  /// What stands in the first brackets: `0xffffffff()` and `f5(slab)`; nil where nothing does.
  var parenthesized: String? {
    guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") else {
      return nil
    }
    let inside = text[text.index(after: open)..<close]
    return inside.isEmpty ? nil : String(inside)
  }

  /// A word up to a comma or a blank.
  func word(after name: String) -> String? {
    rest(after: name).map { String($0.prefix { $0 != "," && $0 != " " }) }
  }

  /// `0-1,3`; nil for `(null)`. The list's own commas are told from the one behind it by the digit
  /// that follows.
  func nodes(after name: String) -> [NodeID]? {
    guard let rest = rest(after: name) else { return nil }
    var list = ""
    var previous: Character?
    for character in rest {
      let isDigit = character.isASCII && character.isNumber
      if previous == ",", !isDigit { break }
      guard isDigit || character == "-" || character == "," else {
        if character == " " { break }
        return nil
      }
      list.append(character)
      previous = character
    }
    while list.last == "," || list.last == "-" { list.removeLast() }
    guard !list.isEmpty else { return nil }
    let bytes = Array(list.utf8)
    return try? IDList.nodes(bytes.span, file: "")
  }

  /// The cgroup whose limit it was, as kernels before 5.0 say it.
  var limitedCgroup: String? {
    guard let rest = rest(after: "killed as a result of limit of "), rest.hasPrefix("/") else {
      return nil
    }
    return String(rest.prefix { $0 != " " })
  }

  /// `Killed process 1234 (name)`.
  var victim: String? {
    for mark in ["Killed process ", "Kill process ", "kill process "] {
      guard let rest = rest(after: mark), let open = rest.firstIndex(of: "("),
        let close = rest[open...].firstIndex(of: ")")
      else { continue }
      let pid = rest[..<open].filter { $0 != " " }
      return "\(rest[rest.index(after: open)..<close]) (\(pid))"
    }
    return nil
  }

  /// The kernel's release in the line of the CPU (`Not tainted 6.12.1 #1`) or the process (`Pid:`
  /// before 3.9): the word in front of the build's number that begins like one.
  var kernel: KernelVersion? {
    var previous: Substring?
    for word in text.split(separator: " ") {
      if word.hasPrefix("#"), let release = previous, release.first?.isNumber == true,
        release.contains("."), let version = KernelVersion(release: String(release))
      {
        return version
      }
      previous = word
    }
    return nil
  }

  /// `hot_add_req+0x3fc/0x5a0 [hv_balloon]`; nothing for what the unwinder is not sure of (`? `).
  var frame: OOMReport.Frame? {
    let words = text.split(separator: " ")
    guard let index = words.firstIndex(where: { $0.contains("+0x") }), !words.contains("?"),
      let end = words[index].firstRange(of: "+0x")
    else { return nil }
    // Releases that print an address in front leave the name behind a colon: `agpgart:name`.
    let name = words[index][..<end.lowerBound].drop { $0 == "[" }
    let next = words.index(after: index) < words.endIndex ? words[words.index(after: index)] : ""
    let isModule = next.hasPrefix("[") && !next.contains("<")
    return OOMReport.Frame(
      function: String(name.prefix { $0 != "." }),
      module: isModule ? String(next.dropFirst().prefix { $0 != "]" && $0 != "(" }) : nil
    )
  }
}
