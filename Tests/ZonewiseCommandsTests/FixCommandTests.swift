internal import TestSupport
internal import Testing

@Suite("zonewise fix")
struct FixCommandTests {
  @Test("prints a diff and exits 1; with --write it changes the file and exits 0")
  func diffAndWrite() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("cmdline", "quiet kernelcore=64GB\n".utf8)
    let diff = try CommandRun(["fix", "cmdline"], in: folder.url)
    #expect(diff.status == 1)
    #expect(diff.output.hasPrefix("--- cmdline\n+++ cmdline\n@@ -1,1 +1,1 @@\n"))
    #expect(diff.output.contains("\n-quiet kernelcore=64GB\n+quiet kernelcore=64G\n"))
    #expect(diff.errors.contains("cmdline:1:7: note ZW301"))
    let written = try CommandRun(["fix", "cmdline", "--write"], in: folder.url)
    #expect(written.status == 0 && written.output.isEmpty)
    let again = try CommandRun(["fix", "cmdline", "--write"], in: folder.url)
    #expect(again.status == 0 && again.output.isEmpty && again.errors.isEmpty)
  }

  @Test("what only people can do exits 1 and is told")
  func left() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("cmdline", "quiet kernelcore=4096\n".utf8)
    let run = try CommandRun(["fix", "cmdline", "--write"], in: folder.url)
    #expect(run.status == 1 && run.errors.contains("for people: write whole numbers"))
    #expect(try CommandRun(["fix", "cmdline", "--fail-on", "never"], in: folder.url).status == 0)
    let quiet = try CommandRun(["fix", "cmdline", "--quiet"], in: folder.url)
    #expect(quiet.status == 1 && quiet.output.isEmpty && quiet.errors.isEmpty)
  }

  @Test("wrong usage, and what can't be read")
  func usage() throws {
    let folder = try TemporaryFolder()
    #expect(try CommandRun(["fix"], in: folder.url).status == 64)
    #expect(try CommandRun(["fix", ".", "--diff", "--write"], in: folder.url).status == 64)
    #expect(try CommandRun(["fix", ".", "--only", "ZW000"], in: folder.url).status == 64)
    #expect(try CommandRun(["fix", "nothing-there"], in: folder.url).status == 2)
    #expect(try CommandRun(["fix", "."], in: folder.url).status == 2)
    #expect(try CommandRun(["fix", "-"], in: folder.url).status == 2)
  }
}
