internal import SourceText

/// A file as far as recognition needs it.
package struct FileSample: Sendable {
  package var path: String
  /// The whole file.
  package var bytes: [UInt8]
  /// What a single pass over the bytes found: most files are told apart from nothing by this alone.
  private(set) var markers: FileMarkers
  /// Whether it is a text in another file.
  var isEmbedded = false

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    markers = FileMarkers(scanning: bytes)
    if hasCommandLineName { markers.insert(.root) }
  }

  /// The text without a byte order mark, which is no character of the first line.
  var text: [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  /// The last part of the path.
  var name: Substring {
    path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
  }

  func hasSuffix(_ suffixes: String...) -> Bool { hasSuffix(suffixes) }

  func hasSuffix(_ suffixes: [String]) -> Bool {
    let name = name.lowercased()
    return suffixes.contains { name.hasSuffix($0) }
  }

  /// The first byte that is no blank.
  var firstByte: UInt8? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[start...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  /// Whether some line begins with a word, behind blanks and in any letters where it says so.
  func hasLine(beginning word: String, ignoringCase: Bool = false, indented: Bool = true) -> Bool {
    let word = Array(word.utf8)
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      if indented {
        while start < bytes.count, TextLine.isBlank(bytes[start]) { start += 1 }
      }
      let rest = bytes[start...].prefix(word.count)
      if rest.elementsEqual(word, by: { $0 == $1 || ignoringCase && $0 | 0x20 == $1 }) {
        return true
      }
      guard let feed = bytes[start...].firstIndex(of: 0x0A) else { return false }
      start = feed + 1
    }
    return false
  }
}

extension FileSample {
  /// Not text: a NUL is in it.
  package var isBinary: Bool { markers.contains(.binary) }

  /// Whether words of the kernel's messages, or of its list of zones, are in it.
  package var mayBeOfKernel: Bool { markers.contains(.kernelMessages) }

  /// Whether a key of zonewise's own specs is in it.
  package var mayBeSpec: Bool { markers.contains(.specKey) }

  /// Whether its beginning is no text at all: an executable, a picture. A log from a serial console
  /// may have some zeros in between.
  package var isData: Bool {
    let head = bytes.prefix(4096)
    return isBinary && head.count { $0 < 0x09 } * 50 >= head.count
  }

  /// Shell scripts may hold any format's lines in quotes and here-documents.
  var isScript: Bool { hasSuffix(".sh", ".bash", ".zsh") || bytes.starts(with: "#!".utf8) }

  /// Whether a program makes the file of it first.
  package var isTemplate: Bool {
    ["{{", "{%", "<%", "%{"].contains { bytes.firstRange(of: Array($0.utf8)) != nil }
  }

  /// Neither program text, nor a script, nor a document about files, nor data of another format:
  /// these may quote lines of a configuration, but are none.
  var isPlainText: Bool {
    guard !isScript, let dot = name.lastIndex(of: ".") else { return !isScript }
    return !Self.otherSuffixes.contains(name[name.index(after: dot)...].lowercased())
  }

  private static let otherSuffixes: Set<String> = [
    "adoc", "asciidoc", "awk", "bat", "c", "cc", "cpp", "cs", "css", "diff", "el", "go", "h", "hcl",
    "hpp", "html", "htm", "java", "js", "json", "jsx", "kt", "lua", "m", "md", "mdx", "mk", "nix",
    "nut", "org", "patch", "php", "pl", "pm", "po", "pot", "ps1", "py", "rb", "rs", "rst", "scala",
    "swift", "tcl", "tex", "texi", "tf", "tfvars", "toml", "ts", "tsx", "vim", "xml", "yaml", "yml",
  ]
}
