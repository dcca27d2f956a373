internal import Foundation
internal import KernelBehavior
internal import Testing

/// The page that is made from the table; `UPDATE_GOLDEN=1` writes it anew.
@Suite("Files made from the table of kernel facts")
struct KernelFactGoldenTests {
  @Test("Documentation/kernel-facts.md says what the table says")
  func documentation() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let page = root.appending(path: "Documentation/kernel-facts.md")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(KernelFactPage.markdown.utf8).write(to: page)
    }
    let kept = try String(contentsOf: page, encoding: .utf8)
    #expect(
      kept == KernelFactPage.markdown,
      "Documentation/kernel-facts.md is out of date: make golden writes it anew"
    )
  }
}
