internal import HostCollection
internal import HostModel
internal import SystemIO
internal import TestSupport
internal import Testing

@Suite("A running host that changes or refuses while it is read")
struct RunningHostTests {
  private static let root = Fixtures.path("Roots/6.12-two-nodes-kernelcore")
  private static let memory = "/sys/devices/system/memory"

  @Test("A block that is unplugged after it was listed is left out; one of a copy is not")
  func unplugged() throws {
    let fault: FaultySource.Fault = { path, _ in
      let gone = ["/memory3", "/memory3/state", "/memory3/valid_zones"].map { Self.memory + $0 }
      return gone.contains(path) ? .failure(.missing) : nil
    }
    let all = try collect { _, _ in nil }.blocks
    let running = try collect(fault: fault).blocks
    #expect(all.contains(3) && !running.contains(3) && running.count == all.count - 1)
    let copy = try collect(kind: .directory, fault: fault).blocks
    #expect(copy == all)
  }

  @Test("Memory that comes in between has everything read again, so that parts belong together")
  func addedMeanwhile() throws {
    let source = try FaultySource(Self.root) { _, _ in nil }
    let whole = try source.bytes("/proc/zoneinfo")
    let text = String(decoding: whole, as: UTF8.self)
    let line = "        present  "
    try #require(text.contains(line))
    let less = Array(text.replacing(line, with: line + "1", maxReplacements: 1).utf8)
    // Each attempt reads zoneinfo three times: before, for the snapshot, and after.
    let moving = try collect { path, time in
      path == "/proc/zoneinfo" && time < 2 ? .bytes(less) : nil
    }
    let calm = try collect { _, _ in nil }
    #expect(moving.snapshot.zoneinfo == calm.snapshot.zoneinfo)
    #expect(moving.snapshot.unread == calm.snapshot.unread)
    let restless = try collect { path, time in
      path == "/proc/zoneinfo" && time % 3 == 2 ? .bytes(less) : nil
    }
    #expect(
      restless.snapshot.unread.contains { $0.reason.contains("added or taken away while") }
    )
  }

  @Test(
    "Any one input may fail in any way: it is told, and nothing that it gave is taken for zero",
    arguments: [
      ReadFailure.missing, .denied, .failed("Input/output error"),
      .failed("Cannot allocate memory"),
    ]
  )
  func anyInput(_ failure: ReadFailure) throws {
    let inputs = [
      "/proc/meminfo", "/proc/vmstat", "/proc/buddyinfo", "/proc/swaps", "/proc/iomem",
      "/proc/cmdline", Self.memory, "/sys/devices/system/node",
    ]
    for input in inputs {
      let found = try collect { path, _ in path == input ? .failure(failure) : nil }.snapshot
      #expect(found.unread.contains { $0.input.hasPrefix(input) }, "\(input)")
      #expect(found.meminfo.value == nil || input != "/proc/meminfo")
      #expect(found.memoryBlocks.value == nil || input != Self.memory)
    }
    #expect(throws: CollectionError.self) {
      try collect { path, _ in path == "/proc/zoneinfo" ? .failure(failure) : nil }
    }
  }

  @Test(
    "An input that ends in the middle is refused or read as far as it is whole; none is trusted"
  )
  func shortReads() throws {
    let source = try FaultySource(Self.root) { _, _ in nil }
    for input in ["/proc/meminfo", "/proc/vmstat", "/proc/buddyinfo", "/proc/swaps"] {
      let whole = try source.bytes(input)
      for count in stride(from: 0, to: whole.count, by: max(1, whole.count / 40)) {
        let cut = Array(whole.prefix(count))
        _ = try collect { path, _ in path == input ? .bytes(cut) : nil }
      }
    }
  }

  @Test("Processes that end while they are read are no refusals; those that are hidden are told")
  func processes() throws {
    var options = CollectionOptions()
    options.readProcesses = true
    let fault: FaultySource.Fault = { path, _ in
      switch path {
      case "/proc": .names(["1", "7", "8", "self"])
      case "/proc/7/status": .failure(.missing)
      case "/proc/8/status": .failure(.denied)
      case "/proc/1/status": .bytes(Array("Name:\tinit\nVmRSS:\t 4 kB\n".utf8))
      default: nil
      }
    }
    let totals = try #require(try collect(options: options, fault: fault).snapshot.processes.value)
    #expect(totals.processesRead == 1 && totals.processesRefused == 1)
    #expect(totals.areOthersHidden && !totals.isComplete)
    let all = try collect(options: options) { path, time in
      path == "/proc" ? .names(["1", "2"]) : fault(path, time)
    }
    #expect(all.snapshot.processes.value?.areOthersHidden == false)
  }

  private struct Found {
    var snapshot: HostSnapshot
    var blocks: [UInt64] { snapshot.memoryBlocks.value?.blocks.map(\.number) ?? [] }
  }

  private func collect(
    kind: SourceDescription.Kind = .live,
    options: CollectionOptions = CollectionOptions(),
    fault: @escaping FaultySource.Fault
  ) throws -> Found {
    let source = try FaultySource(Self.root, kind: kind, fault: fault)
    return Found(snapshot: try HostCollector.collect(from: source, options: options))
  }
}
