import FleetCheck
import Foundation
import Reports
import TestSupport
import Testing

@Suite("Text of a check")
struct CheckTextTests {
  private func render(_ found: CheckFinding, _ style: TextStyle = TextStyle()) -> [String] {
    let text = CheckSamples.render(
      .text,
      [.judged(CheckSamples.subject([found]))],
      CheckReportOptions(style: style)
    )
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("A finding stands under its line, with a caret under the argument")
  func caret() throws {
    let lines = render(try CheckSamples.finding(message: "ignored"))
    #expect(lines[0] == "error ZW302 argument-without-effect")
    #expect(lines[1] == "  ┌ fleet/99-worker.yaml:9:7 · class web")
    #expect(lines[2] == "9 │     - movablecore=64G")
    #expect(lines[3] == "  │       ^^^^^^^^^^^^^^^ ignored")
    #expect(lines[4] == "  └ remove one of the two; with hot-pluggable nodes keep movable_node")
    #expect(lines[5] == "")
    #expect(lines[6] == "1 error in 1 class. The check fails: --fail-on error.")
  }

  @Test("Without UTF-8 there is only ASCII, and the caret stands where it stood")
  func ascii() throws {
    let found = try CheckSamples.finding(
      at: ("å/99.yaml", 120, 6),
      length: 4,
      excerpt: "é×漢🚀 word …",
      message: "2 × 3 → 6 …"
    )
    let lines = render(found, TextStyle(usesUnicode: false))
    #expect(lines[1] == "    + ?/99.yaml:120:6 - class web")
    #expect(lines[2] == "120 | ???? word ?")
    #expect(lines[3] == "    |      ^^^^ 2 x 3 -> 6 ...")
    #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test("Colour marks the severity and the caret, and nothing else changes")
  func color() throws {
    let found = try CheckSamples.finding()
    let plain = render(found)
    let colored = render(found, TextStyle(usesColor: true))
    #expect(colored[0].hasPrefix("\u{1B}[31merror\u{1B}[0m ZW302"))
    #expect(colored.joined().contains("\u{1B}[31m^^^^^^^^^^^^^^^\u{1B}[0m"))
    let stripped = colored.map {
      $0.replacing("\u{1B}[31m", with: "").replacing("\u{1B}[0m", with: "")
    }
    #expect(stripped == plain)
  }

  @Test("Only what is open is shown, and all of it when more is asked for")
  func verbose() throws {
    let short = CheckSamples.render(.text, try CheckSamples.all())
    #expect(!short.contains("suppressed at"))
    #expect(!short.contains("known from the baseline)"))
    #expect(!short.contains("hosts/fine"))
    #expect(short.contains("unknown hosts/dark: host dark: not judged: /proc/pagetypeinfo:"))
    #expect(short.contains("error bad.yaml:3:7: not YAML: a mapping was expected"))
    #expect(short.contains("hosts/db 17.tar.gz: host db-17: node 0 is 4.3 : 1, limit 3 : 1"))
    let options = CheckReportOptions(style: TextStyle(isVerbose: true))
    let long = CheckSamples.render(.text, try CheckSamples.all(), options)
    #expect(
      long.contains("warning ZW101 ratio-over-limit (suppressed at fleet/99-worker.yaml:8:3:")
    )
    #expect(long.contains("error ZW101 ratio-over-limit (known from the baseline)"))
    #expect(long.contains("hosts/fine: host fine: balanced; nothing found"))
    #expect(long.contains("hosts/dark: host dark: unknown; nothing found"))
    #expect(long.contains("not known: /proc/pagetypeinfo: permission denied"))
    #expect(long.contains("taken for granted: pages are 4 KiB"))
  }

  @Test("The last words count everything")
  func summary() throws {
    let text = CheckSamples.render(.text, try CheckSamples.all())
    let paragraph = try #require(text.split(separator: "\n\n").last)
    #expect(
      paragraph.replacing("\n", with: " ") == """
        1 error, 1 warning, 1 note in 43 machines of 2 classes, 3 hosts and 1 config file, 1 of them \
        with findings; 2 suppressed; 1 known from the baseline; 1 input could not be judged; 2 \
        subjects judged without all inputs. The check fails: --fail-on error. -v says what is not \
        known. 
        """
    )
    let nothing = CheckSamples.render(.text, [])
    #expect(nothing.hasPrefix("Nothing to check: among 0 files there is no fleet spec"))
  }

  @Test("Lines keep to the terminal's width", arguments: [60, 80, 120])
  func width(columns: Int) throws {
    let options = CheckReportOptions(style: TextStyle(width: columns, isVerbose: true))
    let text = CheckSamples.render(.text, try CheckSamples.all(), options)
    for line in text.split(separator: "\n") { #expect(line.count <= columns, "\(line)") }
  }

  // MARK: On a terminal

  /// What a terminal shows of a text, line by line.
  private func screen(_ text: String, width: Int = 80, height: Int = 200) throws -> [String] {
    try ReportReader.read("terminal", text, ["\(width)", "\(height)"], as: [String].self)
  }

  /// Lines with words that the caret has to find.
  static let lines: [String] = [
    "    - word", "\tword", " \t \tword\tb", "漢字 word", "🚀🚀word", "e\u{301}e\u{301} word x",
    "a\u{1B}[31mword", "\u{202E}word\u{202C}", "\u{200B}\u{FEFF}word", "a\u{0}\u{7}\u{8}word",
    String(repeating: "x", count: 300) + "word" + String(repeating: "y", count: 300),
    String(repeating: "漢", count: 100) + "word", "word" + String(repeating: "漢", count: 100),
    String(repeating: "e\u{301}", count: 200) + "word" + String(repeating: "e\u{301}", count: 200),
    String(repeating: " ", count: 5000) + "word",
    "a" + String(repeating: "\u{301}", count: 50) + "word",
    String(repeating: "\u{1B}[2J", count: 60) + "word", "Ａword\u{3000}x", "가나다word", "ａ\u{A0}word",
    String(repeating: "ab ", count: 25) + "word",
  ]

  @Test(
    "On a terminal the caret stands under the word",
    .enabled(if: Consumer.hasPython("pyte", by: ReportReader.python), ReportReader.missing),
    arguments: lines
  )
  func terminal(line: String) throws {
    let scalars = Array(line.unicodeScalars)
    let word = Array("word".unicodeScalars)
    let start = try #require(
      scalars.indices.first { scalars[$0...].starts(with: word) }
    )
    let found = try CheckSamples.finding(
      at: ("f", 7, start + 1),
      length: 4,
      excerpt: line,
      message: "here"
    )
    for style in [TextStyle(), TextStyle(usesColor: true), TextStyle(usesUnicode: false)] {
      let screen = try screen(render(found, style).joined(separator: "\n"))
      let pointer = try #require(screen.firstIndex { $0.contains("^^^^") })
      let shown = Array(
        screen[pointer - 1].unicodeScalars.filter {
          $0.properties.generalCategory != .nonspacingMark
        }
      )
      let caret = try #require(Array(screen[pointer].unicodeScalars).firstIndex(of: "^"))
      // The screen has an empty cell after each wide character only in its columns, not in text.
      let columns: [Unicode.Scalar] = shown.flatMap { scalar -> [Unicode.Scalar] in
        Self.isWide(scalar) ? [scalar, "\0"] : [scalar]
      }
      #expect(String(String.UnicodeScalarView(columns.dropFirst(caret).prefix(4))) == "word")
      #expect(screen[pointer].filter { $0 == "^" }.count == 4)
      #expect(screen[0].hasPrefix("error ZW302"))
      #expect(columns.count <= 80)
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation || (0x1100...0x115F).contains(scalar.value)
      || (0x2E80...0xD7A3).contains(scalar.value) || (0xFF01...0xFF60).contains(scalar.value)
  }

  @Test(
    "Hostile text changes neither the terminal nor the lines around it",
    .enabled(if: Consumer.hasPython("pyte", by: ReportReader.python), ReportReader.missing),
    arguments: [true, false]
  )
  func hostile(unicode: Bool) throws {
    let options = CheckReportOptions(style: TextStyle(usesUnicode: unicode, isVerbose: true))
    let text = CheckSamples.render(.text, try CheckSamples.hostileResults(), options)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control, "\(scalar.value)")
      #expect(scalar.properties.generalCategory != .format, "\(scalar.value)")
    }
    // A CI system obeys the first wherever it is, the second at the start of a line.
    #expect(!text.contains("##["))
    #expect(!text.contains("##vso["))
    for line in text.split(separator: "\n") {
      #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
    }
    let wide = try screen(text, width: 2000, height: 300)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Nothing moved the cursor: every line is where it was written, with all that is in it.
    for (line, shown) in zip(lines, wide) {
      let words = line.split(separator: " ").filter { $0.utf8.allSatisfy { $0 < 0x80 } }
      for word in words { #expect(shown.contains(word), "\(word)") }
    }
  }

  @Test("A place that is not in the line does no harm", arguments: [-5, 0, 1, 22, 1 << 40])
  func outside(column: Int) throws {
    for length in [-1, 0, 1, 1000, Int.max / 2] {
      let found = try CheckSamples.finding(at: ("f", 0, column), length: length)
      #expect(render(found).contains { $0.contains("- movablecore=64G") })
    }
  }

  @Test("A line as long as its file costs what a short one costs")
  func longLine() throws {
    let line = String(repeating: "x", count: 4 << 20)
    let found = try CheckSamples.finding(at: ("f", 1, 3 << 20), length: 1 << 20, excerpt: line)
    let lines = render(found)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines[2].hasPrefix("1 │ …xxx"))
    #expect(lines[2].hasSuffix("x…"))
  }
}
