internal import ArgumentParser
internal import Testing
internal import ZonewiseCommands

@Suite("Commands")
struct CommandTests {
  @Test("A wish that is none is wrong usage")
  func wrongWish() {
    #expect(throws: (any Error).self) { try Zonewise.parseAsRoot(["--want", "much"]) }
  }
}
