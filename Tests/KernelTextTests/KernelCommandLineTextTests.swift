internal import KernelText
internal import Testing

@Suite("Kernel command line")
struct KernelCommandLineTextTests {
  /// A line, and its arguments as `name` or `name→value`.
  static let lines: [(String, [String])] = [
    ("", []),
    ("  \t\n ", []),
    ("quiet", ["quiet"]),
    ("  kernelcore=8G   quiet \n", ["kernelcore→8G", "quiet"]),
    ("kernelcore=", ["kernelcore→"]),
    ("a=b=c", ["a→b=c"]),
    // An `=` in front belongs to the name.
    ("=a", ["=a"]),
    ("=a=b", ["=a→b"]),
    ("==", ["=→"]),
    ("dyndbg=\"file a.c +p; file b.c +p\" ro", ["dyndbg→file a.c +p; file b.c +p", "ro"]),
    ("\"dyndbg=file a.c +p\" ro", ["dyndbg→file a.c +p", "ro"]),
    ("\"movable_node\"", ["movable_node"]),
    ("a=b\"c d\"e f", ["a→b\"c d\"e", "f"]),
    ("a=\"b\"c", ["a→b\"c"]),
    ("a=b\"", ["a→b\""]),
    // Unclosed quotes run to the end of the line.
    ("a=\"b c", ["a→b c"]),
    ("\"a b c", ["a b c"]),
    ("a=\"", ["a→"]),
    ("\"", [""]),
    ("\"\"", [""]),
    ("a=\"\"", ["a→"]),
    // The word's quote is closed by the one that was meant to open the value.
    ("\"a=\"b c\" d\"", ["a→b", "c\" d\""]),
    ("\"--\" a", []),
    ("a -- b", ["a"]),
    ("a --=b c", ["a", "--→b", "c"]),
    ("a --b c", ["a", "--b", "c"]),
    ("a\u{0B}b\u{0C}c", ["a", "b", "c"]),
    ("a\0b", ["a"]),
  ]

  @Test("words are cut as next_arg cuts them", arguments: lines)
  func words(line: String, expected: [String]) {
    let arguments = KernelCommandLineText.arguments(line)
    let words = arguments.map { argument in
      argument.value.map { "\(argument.name)→\($0)" } ?? argument.name
    }
    #expect(words == expected)
  }

  @Test("a no-break space of Latin-1 separates, and as a part of a UTF-8 letter too")
  func latin1() {
    #expect(KernelCommandLineText.arguments("x=\u{E0}y").count == 2)
    #expect(KernelCommandLineText.arguments("x=\u{E4}y").count == 1)
  }

  @Test("columns count characters, where ranges count bytes")
  func columns() {
    let arguments = KernelCommandLineText.arguments("root=/dev/größe \u{1F427}=1\tquiet -- a")
    #expect(arguments.map(\.column) == [1, 17, 21])
    #expect(arguments.map(\.range.lowerBound) == [0, 18, 25])
    #expect(KernelCommandLineText.argumentsOfInit("é -- ü w").map(\.column) == [6, 8])
  }

  @Test("dashes and underscores are equal in names, not in values")
  func dashes() throws {
    let argument = try #require(
      KernelCommandLineText.arguments("memory-hotplug.online-policy=auto-movable").first
    )
    #expect(argument.normalizedName == "memory_hotplug.online_policy")
    #expect(argument.name == "memory-hotplug.online-policy")
    #expect(argument.value == "auto-movable")
  }

  @Test("ranges are bytes of the line and cover the quotes")
  func ranges() throws {
    let line = "é \"a=b c\" k=\"v w\""
    let arguments = KernelCommandLineText.arguments(line)
    #expect(arguments.map(\.range) == [0..<2, 3..<10, 11..<18])
    #expect(arguments.map(\.valueRange) == [nil, 6..<9, 14..<17])
  }

  @Test("what follows a bare -- is init's, and a second one ends that")
  func initArguments() {
    let line = "ro -- kernelcore=1G single -- lost"
    #expect(KernelCommandLineText.arguments(line).map(\.name) == ["ro"])
    #expect(KernelCommandLineText.argumentsOfInit(line).map(\.name) == ["kernelcore", "single"])
    #expect(KernelCommandLineText.argumentsOfInit("ro quiet").isEmpty)
  }
}
