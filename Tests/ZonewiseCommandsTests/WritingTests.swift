internal import Foundation
internal import Glibc
internal import TestSupport
internal import Testing

@Suite("Outputs that can't be written")
struct WritingTests {
  private static let host = CommandRun.roots.appending(path: "6.12-two-nodes-kernelcore").path

  /// Runs a shell's script; `$1` is the executable, `$2` a host.
  private func shell(_ script: String, in folder: URL, through launcher: [String] = []) throws
    -> ProgramRun
  {
    try ProgramRun(
      launcher + ["/bin/sh", "-c", script, "sh", CommandRun.executable.path, Self.host],
      in: folder
    )
  }

  @Test(
    "A full or closed standard output is told, whatever is printed",
    arguments: [
      "advise $2", "advise $2 --format json", "--help", "--version", "advise --help",
      "explain movable", "profiles list", "capture $2 -o -", "check $2",
    ]
  )
  func standardOutput(_ words: String) throws {
    let folder = try TemporaryFolder()
    let command = words.replacing("$2", with: "\"$2\"")
    let full = try shell("\"$1\" \(command) > /dev/full", in: folder.url)
    #expect(full.status == 2)
    #expect(
      full.errors.hasSuffix(
        "zonewise: standard output: No space left on device; nothing more was printed\n"
      )
    )
    let closed = try shell("\"$1\" \(command) >&-", in: folder.url)
    #expect(closed.status == 2)
    #expect(
      closed.errors.hasSuffix(
        "zonewise: standard output: not open for writing; nothing more was printed\n"
      )
    )
  }

  @Test("A reader that goes away ends it quietly, and a closed standard error loses only messages")
  func goneReader() throws {
    let folder = try TemporaryFolder()
    let gone = try shell("{ \"$1\" advise \"$2\" --verbose; echo $? >&2; } | true", in: folder.url)
    #expect(["0\n", "141\n"].contains(gone.errors))
    let mute = try shell("\"$1\" advise nowhere 2>&-", in: folder.url)
    #expect(mute.status == 2)
  }

  @Test("What is printed never goes into a file that is opened where standard output was not")
  func closedDescriptors() throws {
    let folder = try TemporaryFolder()
    let run = try shell("\"$1\" capture \"$2\" -o host.json <&- >&- 2>&-", in: folder.url)
    #expect(run.status == 0)
    #expect(try folder.names() == ["host.json"])
    #expect(
      try JSONSerialization.jsonObject(with: Data(folder.read("host.json").utf8)) is [String: Any]
    )
  }

  @Test(
    "A bound on file sizes leaves the old file, says so, and leaves nothing else",
    .needs("prlimit"),
    arguments: [
      "capture \"$2\" -o out.tar.gz", "capture \"$2\" -o out.tar", "capture \"$2\" -o out.json",
      "check \"$2\" -q --output json=out.json",
      "cmdline \"$2\" --args kernelcore=1G --for grub -o out",
    ]
  )
  func bound(_ words: String) throws {
    let folder = try TemporaryFolder()
    let name = try #require(
      words.split(whereSeparator: { " =".contains($0) }).map(String.init).last
    )
    try folder.write(name, "old")
    // Through a pipe, which has no such bound.
    let run = try shell(
      "{ prlimit --fsize=8 \"$1\" \(words); echo \"ended with $?\"; } 2>&1 | cat",
      in: folder.url
    )
    #expect(run.text.hasSuffix("ended with 2\n"))
    #expect(
      run.text.contains("\(name): File too large; the file that is there stays as it was"),
      "\(run.text)"
    )
    #expect(try folder.read(name) == "old")
    #expect(try folder.names() == [name])
  }

  @Test(
    "So does a full disk",
    .needs("way to mount a small file system (user namespaces)", isInDebian: false) {
      (try? ProgramRun(["unshare", "-rm", "mount", "-t", "tmpfs", "t", "/mnt"]).status) == 0
    }
  )
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    let run = try shell(
      """
      mount -t tmpfs -o size=16k tmpfs . && cd "$PWD" && echo old > out.tar.gz && cp out.tar.gz out.json
      dd if=/dev/zero of=fill bs=1k count=64 2>/dev/null
      for name in out.tar.gz out.json; do "$1" capture "$2" -o $name; echo "$? $(cat $name)"; done
      ls
      """,
      in: folder.url,
      through: ["unshare", "-rm"]
    )
    #expect(run.text == "2 old\n2 old\nfill\nout.json\nout.tar.gz\n")
    for name in ["out.tar.gz", "out.json"] {
      let why = "No space left on device; the file that is there stays as it was"
      #expect(run.errors.contains("zonewise: \(name): \(why)\n"), "\(run.errors)")
    }
  }

  @Test("Two writers of one file: it is one's or the other's, whole")
  func twoWriters() throws {
    let folder = try TemporaryFolder()
    let run = try shell(
      """
      for i in 1 2 3 4 5; do
        "$1" capture "$2" -o out.json 2>/dev/null & first=$!
        "$1" capture "$2" --redact -o out.json 2>/dev/null & second=$!
        wait $first && wait $second || exit 1
        tail -c 2 out.json | grep -q '}' || exit 2
      done
      ls
      """,
      in: folder.url
    )
    #expect(run.status == 0 && run.text == "out.json\n", "\(run.errors)")
  }

  @Test("Signals at random moments leave no temporary file and no half file", .needs("python3"))
  func randomKills() throws {
    let run = try ProgramRun([
      CommandRun.tests.appending(path: "Scripts/random-kills").path,
      CommandRun.executable.path, "40",
    ])
    #expect(run.status == 0, "\(run.text)\(run.errors)")
  }
}
