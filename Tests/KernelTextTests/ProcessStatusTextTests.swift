internal import HostModel
internal import KernelText
internal import Testing

@Suite("Process status")
struct ProcessStatusTextTests {
  private func parse(_ text: String) -> Result<ProcessStatus, ParseError> {
    TextFixture.parse(text) { text throws(ParseError) in
      try ProcessStatusText.parse(text, file: "status")
    }
  }

  @Test("a real process has sizes, a kernel thread has none")
  func realFiles() throws {
    let process = try TextFixture.bytes("host-6.18/process-status")
    let status = try ProcessStatusText.parse(process.span, file: "status")
    #expect(status.name == "sleep")
    #expect(status.hasMemory)
    #expect(status.pinned == 0)
    #expect(status.locked == 0)
    #expect(status.pageTables != nil)
    #expect(status.swapped == 0)

    let thread = try TextFixture.bytes("host-6.18/kernel-thread-status")
    let kthreadd = try ProcessStatusText.parse(thread.span, file: "status")
    #expect(kthreadd == ProcessStatus(name: "kthreadd"))
    #expect(!kthreadd.hasMemory)
  }

  @Test("between 4.0 and 4.14 page tables are the sum of two lines")
  func pageMiddleDirectories() throws {
    let status = try parse("Name:\ta\nVmPTE:\t      80 kB\nVmPMD:\t      12 kB\n").get()
    #expect(status.pageTables == .kibibytes(92))
    #expect(status.swapped == nil)
  }

  @Test("names are unescaped and may look like other lines")
  func names() throws {
    #expect(try parse("Name:\tVmPin: 7 kB\n").get() == ProcessStatus(name: "VmPin: 7 kB"))
    #expect(try parse("Name:\ta\\nb\\\\c\nVmLck:\t 4 kB\n").get().name == "a\nb\\c")
  }

  @Test("sums count what is there")
  func totals() throws {
    var totals = ProcessTotals()
    totals.add(try parse("Name:\ta\nVmPin:\t 8 kB\nVmRSS:\t 16 kB\n").get())
    totals.add(try parse("Name:\tkthreadd\n").get())
    totals.add(try parse("Name:\tb\nVmPin:\t 4 kB\nVmLck:\t 2 kB\n").get())
    #expect(totals.processesRead == 3)
    #expect(totals.pinned == .kibibytes(12))
    #expect(totals.locked == .kibibytes(2))
    #expect(totals.resident == .kibibytes(16))
  }

  @Test(
    "texts that are not whole are refused",
    arguments: [
      "", "Umask:\t0022\n", "hello\n", "Name:\ta\nVmPin:\t 1", "Name:\ta\nVmPin:\t x kB\n",
      "Name:\ta\nVmPin:\t 18446744073709551615 kB\n", "Name:\ta\nVmPin:\t 4 pages\n",
    ]
  )
  func refused(text: String) {
    #expect(parse(text).reason != nil)
  }
}
