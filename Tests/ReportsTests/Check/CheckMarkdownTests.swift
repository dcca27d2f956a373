import Advice
import FleetCheck
import Foundation
import Reports
internal import SourceText
import TestSupport
import Testing

@Suite("Markdown of a check")
struct CheckMarkdownTests {
  private struct Page: Decodable {
    var html: String
    var text: String

    func count(_ tag: String) -> Int { html.components(separatedBy: "<\(tag)>").count - 1 }
  }

  private func page(_ markdown: String) throws -> Page {
    try ReportReader.read("markdown", markdown, as: Page.self)
  }

  private static let canRead = Consumer.hasPython("cmarkgfm", by: ReportReader.python)

  @Test("The page of GitHub's own Markdown", .enabled(if: canRead, ReportReader.missing))
  func contents() throws {
    let markdown = CheckSamples.render(.markdown, try CheckSamples.all())
    #expect(markdown.hasPrefix("### zonewise check\n\n**Failed.** 1 error, 1 warning, 1 note"))
    let page = try page(markdown)
    #expect(page.count("table") == 2)
    #expect(page.text.contains("bad.yaml:3:7"))
    #expect(page.text.contains("host dark: not judged: /proc/pagetypeinfo: permission denied"))
    #expect(page.text.contains("ZW302 argument-without-effect"))
    #expect(page.text.contains("class web, 40 machines, on 6.12: ignored: movable_node (line 8)"))
    // The worst come first, wherever they were found.
    let places = ["ZW302", "ZW101", "ZW301"].compactMap { page.text.range(of: $0)?.lowerBound }
    #expect(places.count == 3 && places == places.sorted())
    #expect(!page.text.contains("database"))
  }

  @Test("The verdict is not kinder than the check", arguments: [true, false])
  func verdict(failed: Bool) throws {
    let failure = CheckResult.failed(LocatedError("no", file: "f"))
    let fine = CheckResult.judged(CheckSamples.subject())
    let text = CheckSamples.render(.markdown, failed ? [fine, failure] : [fine])
    #expect(text.contains("**Passed.**") == !failed)
    #expect(!CheckSamples.render(.markdown, []).contains("Passed"))
  }

  @Test("Hostile text stays text", .enabled(if: canRead, ReportReader.missing))
  func hostile() throws {
    let page = try page(CheckSamples.render(.markdown, try CheckSamples.hostileResults()))
    for tag in ["<script", "<a ", "<img", "<em", "<del", "<ul", "<h5"] {
      #expect(!page.html.contains(tag), "\(tag)")
    }
    // The verdict, and nothing of the text.
    #expect(page.count("strong") == 1)
    #expect(page.count("table") == 2)
    #expect(page.count("tr") == 5)
    #expect(page.text.contains("<script>alert(1)</script> ]]> & \" ' | `x` ``y`` *b* _i_ [l]("))
    #expect(page.text.contains("$x$ #1 ~~s~~ %0A %25 <U+2028>"))
    #expect(page.text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .format })
    // Sites make links of what stands together in text.
    for word in ["https://", "www.", "@everyone", ":100:"] {
      let outsideCode = page.html.replacing(#/<code>.*?<\/code>/#, with: "")
      #expect(!outsideCode.contains(word), "\(word)")
      #expect(page.text.contains(word))
    }
  }

  @Test("The page fits the limit of a summary however much was found")
  func bounded() throws {
    let long = String(repeating: "|", count: 5000)
    let found = try CheckSamples.finding("ZW302", .warning, message: long, remedy: long)
    let worst = try CheckSamples.finding("ZW101", .error)
    let results = (0..<5000).lazy.map { index in
      index.isMultiple(of: 100)
        ? CheckResult.failed(LocatedError(long, file: long))
        : .judged(CheckSamples.subject([index == 4321 ? worst : found]))
    }
    let text = CheckSamples.render(.markdown, results)
    #expect(text.utf8.count < 1 << 20)
    let rows = text.split(separator: "\n").filter {
      $0.hasPrefix("| warning") || $0.hasPrefix("| error")
    }
    #expect(rows.count <= 500 && rows.count > 100)
    #expect(rows.first?.hasPrefix("| error | ZW101") == true)
    #expect(text.hasSuffix("and \(4950 - rows.count) more, which are not listed here.\n"))
  }
}
