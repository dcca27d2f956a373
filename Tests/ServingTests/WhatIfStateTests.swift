internal import Serving
internal import TestSupport
internal import Testing

@Suite("What-if state")
struct WhatIfStateTests {
  private func state(_ query: String) throws -> WhatIfState { try WhatIfState(query: query) }

  @Test(
    "A query reads as what was written",
    arguments: [
      "", "host=a.tar.gz", "host=a%20b%23c&args=kernelcore%3D2G%20movable_node",
      "args=", "grow=page-tables%3D2x&grow=pinned%3D3x&horizon=180d&add=dimm%3A16GiB%400",
      "for=grub&want=3%3A1&need=cma%3D64M&kernel=6.12&profile=general",
      "host=%F0%9F%90%A7%22%3E%3Cscript%3E",
    ]
  )
  func roundTrip(_ query: String) throws {
    let state = try state(query)
    #expect(try self.state(state.query) == state)
    #expect(state.query.split(separator: "&").sorted() == query.split(separator: "&").sorted())
  }

  @Test(
    "What is no question is refused",
    arguments: [
      "x", "x=1", "host=a&host=b", "args=%", "args=%4", "args=%zz", "args=%00", "args=a%0Ab",
      "args=%ff", "kernel=1&kernel=2", "args=a&want=max", "=", "&",
      "args=" + String(repeating: "x", count: 4097),
      String(repeating: "grow=x&", count: 200),
    ]
  )
  func refused(_ query: String) {
    #expect(throws: QueryText.Mistake.self) { try WhatIfState(query: query) }
  }

  @Test("No value becomes an option or a command's word of its own")
  func words() throws {
    let words = try state("host=--profile%3Dx&args=--fail-on+never").words(.advise, of: [])
    #expect(words == ["advise", "--args=--fail-on never", "--format=json", "--", "--profile=x"])
  }

  @Test("An empty value is a word of its own")
  func empty() throws {
    #expect(
      try state("host=a&args=").words(.predict, of: [])
        == ["predict", "--args", "", "--steps", "--format=json", "--", "a"]
    )
  }

  @Test("A command takes what it knows, and all sources where it is asked of all")
  func commands() throws {
    let state = try state("host=b&kernel=6.1&grow=pinned%3D2x&for=grub")
    #expect(
      state.words(.predict, of: ["a", "b"])
        == ["predict", "--kernel=6.1", "--steps", "--format=json", "--", "b"]
    )
    #expect(
      state.words(.report, of: ["a", "b"])
        == ["report", "--grow=pinned=2x", "--format=json", "--", "a", "b"]
    )
  }

  @Test(
    "The line for a shell is the words, whatever is in them",
    .needs("sh"),
    arguments: ["plain", "", "a b", "it's", "$(id)`id`", "\\ \"*\"", "ü🐧", "a;b|c&d>e"]
  )
  func shell(_ word: String) throws {
    let line = WhatIfState.shell(["advise", word]).replacing("zonewise ", with: "printf '%s\\n' ")
    let run = try ProgramRun(["sh", "-c", line])
    #expect(run.text == "advise\n\(word)\n")
  }
}
