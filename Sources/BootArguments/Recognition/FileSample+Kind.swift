extension FileSample {
  /// What a file is, in people's words, where zonewise reads no arguments in files of its kind; nil
  /// where it would.
  package var unreadKind: String? {
    isBinary ? "a binary file" : Self.unreadKind(ofName: name)
  }

  private static func unreadKind(ofName name: Substring) -> String? {
    let name = name.lowercased()
    if documents.contains(where: { name.hasPrefix($0) }) { return "a document" }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let suffix = String(name[name.index(after: dot)...])
    if let kind = unread[suffix] { return kind }
    // A page of a manual: kernel-parameters.7.
    return suffix.utf8.count == 1 && suffix.utf8.allSatisfy { (0x31...0x39).contains($0) }
      ? "a page of a manual" : nil
  }

  /// Whether a file is a program in a language whose strings are read, by its name.
  package static func isProgram(_ path: String) -> Bool {
    SourceLanguage.of(lastPart(of: path)) != nil
  }

  /// Whether a file, by its name, is written by people for people or compilers: a document, a patch,
  /// a program. What it quotes of the kernel's files and messages is no capture.
  package static func isProse(_ path: String) -> Bool {
    let name = lastPart(of: path)
    if SourceLanguage.of(name) != nil { return true }
    guard let kind = unreadKind(ofName: name) else { return false }
    return kind != "a log" && kind != "a table"
  }

  /// Whether a file, by its name, is none that anyone would write arguments in: an image, a font, a
  /// library, a package.
  package static func isMedia(_ path: String) -> Bool {
    let name = lastPart(of: path)
    guard let dot = name.lastIndex(of: ".") else { return false }
    return media.contains(name[name.index(after: dot)...].lowercased())
  }

  private static func lastPart(of path: String) -> Substring {
    path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
  }

  private static let media: Set<String> = [
    "7z", "a", "avif", "bmp", "class", "deb", "dll", "dylib", "eot", "exe", "gif", "ico", "iso",
    "jar", "jpeg", "jpg", "ko", "mo", "mp3", "mp4", "o", "ogg", "otf", "pdf", "png", "psd", "pyc",
    "qcow2", "rpm", "so", "svg", "svgz", "swiftmodule", "tif", "tiff", "ttf", "war", "wasm", "wav",
    "webm", "webp", "whl", "woff", "woff2", "zip",
  ]

  private static let documents = [
    "readme", "news", "changelog", "changes", "history", "todo", "authors", "copying", "license",
    "contributing", "notice",
  ]

  private static let unread: [String: String] = {
    let kinds = [
      "a document": [
        "md", "mdx", "markdown", "rst", "adoc", "asciidoc", "org", "tex", "texi", "html", "htm",
        "xhtml", "css", "svg", "rtf", "ipynb", "pot", "po", "mo",
      ],
      "a patch": ["diff", "patch", "rej", "orig"],
      "a log": ["log", "dmesg", "journal"],
      "a table": ["csv", "tsv", "sql", "ndjson", "jsonl", "sarif"],
      "Swift source": ["swift"], "assembly source": ["s", "asm"],
      "Lisp source": ["el", "lisp", "clj"],
      "Haskell source": ["hs"], "OCaml source": ["ml", "mli"], "Erlang source": ["erl", "hrl"],
      "a Vim script": ["vim"], "an awk script": ["awk"],
    ]
    return kinds.reduce(into: [:]) { table, kind in
      for suffix in kind.value { table[suffix] = kind.key }
    }
  }()

  /// The first place where an argument stands that zonewise looks for, and the argument; nil where
  /// there is none.
  package var firstArgument: (offset: Int, word: String)? {
    // The pass over a binary file ends at its first NUL.
    guard isBinary || !markers.isDisjoint(with: .argument),
      let range = ArgumentText.firstArgument(in: bytes)
    else { return nil }
    return (range.lowerBound, String(decoding: bytes[range], as: UTF8.self))
  }
}
