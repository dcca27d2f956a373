extension KernelArgumentFormat {
  /// Programs: command lines of guests and hosts that stand in their strings.
  static let source = KernelArgumentFormat(
    name: "source",
    title: "Kernel arguments in a string of a program",
    documentation: FormatRow(
      recognizedBy: """
        programs in Go, Python, Rust, C, JavaScript, TypeScript, Java, Kotlin, C#, Scala, Ruby, \
        Perl, PHP, Lua, Groovy, Elixir, PowerShell; JSON5; by the suffix of the name
        """,
      read: """
        strings and lists of strings that have the shape of a command line, put together where `+` \
        or nothing stands between them; names and values in maps; files and commands inside long \
        strings
        """,
      notRead: "comments, sentences; what variables put in"
    ),
    markers: [.argument, .argumentName, .guestMemory],
    isLiteral: true,
    recognizes: { SourceLanguage.of($0.name) != nil },
    locate: { (sample, bytes) in
      guard let language = SourceLanguage.of(sample.name) else { return [] }
      return SourceArguments(bytes: bytes, language: language).lists()
    }
  )

  /// Text of no kind that its name tells.
  static let anyText = KernelArgumentFormat(
    name: "any",
    title: "Kernel arguments in a text",
    documentation: FormatRow(
      recognizedBy: "any other text with a memory argument that is no document and no program",
      read: "as `text`",
      notRead: "documents (`.md`, `.rst`, `README` and their like), other programs, patches"
    ),
    markers: .argument,
    isLiteral: true,
    recognizes: { $0.unreadKind == nil },
    locate: { (_, bytes) in LiteralText(bytes: bytes).lists() }
  )
}
