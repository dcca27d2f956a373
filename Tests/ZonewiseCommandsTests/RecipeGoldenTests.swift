internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Recipes (golden)")
struct RecipeGoldenTests {
  private static let pages = Fixtures.checkout.appending(path: "Documentation/recipes")

  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: pages.path)) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted()

  @Test("There are recipes for the machines that people ask about")
  func all() {
    #expect(Self.names.count >= 7)
  }

  @Test("Every command of a recipe says what the page says", .needs("python3"), arguments: names)
  func recipe(_ name: String) throws {
    let update = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"].map { ["UPDATE_GOLDEN": $0] }
    let run = try ProgramRun(
      [
        "python3", CommandRun.tests.appending(path: "Scripts/run-recipes").path,
        CommandRun.executable.path, Self.pages.appending(path: name).path,
      ],
      environment: update ?? [:]
    )
    #expect(run.status == 0, "make golden writes it anew: \(run.errors)")
  }
}
