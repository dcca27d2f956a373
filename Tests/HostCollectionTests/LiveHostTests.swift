internal import Foundation
internal import HostCollection
internal import HostModel
internal import Testing

@Suite("The live host")
struct LiveHostTests {
  @Test("tells everything that a verdict needs")
  func everything() throws {
    let snapshot = try HostCollector.collect(from: DirectoryRoot.live)
    #expect(snapshot.source.kind == .live)
    #expect(snapshot.zoneinfo.value?.nodes.isEmpty == false)
    #expect(snapshot.meminfo.memTotal.value != nil)
    #expect(snapshot.vmstat.freePages.value != nil)
    #expect(snapshot.kernel.value != nil)
    #expect(snapshot.architecture.value != nil)
    #expect(snapshot.pageSize.value != nil)
    #expect(snapshot.maxOrder.value.map { $0 >= 8 } == true)
    #expect(snapshot.nodes.value?.isEmpty == false)
    for input in snapshot.unread {
      #expect(!input.reason.isEmpty && !input.effect.isEmpty, "\(input)")
    }
  }

  @Test("is the same through libnuma as through sysfs")
  func topology() throws {
    let root = try #require(DirectoryRoot(path: "/"))
    let sysfs = try #require(try HostCollector.collect(from: root).nodes.value)
    let live = try #require(try HostCollector.collect(from: DirectoryRoot.live).nodes.value)
    let libnuma = try #require(LibNUMA.nodes())
    #expect(libnuma.map(\.id) == sysfs.map(\.id))
    #expect(live.map(\.id) == sysfs.map(\.id))
    #expect(libnuma.map { $0.cpuCount.map { Reading.known($0) } } == sysfs.map(\.cpuCount))
    #expect(libnuma.map { Reading.known($0.distances) } == sysfs.map(\.distances))
    #expect(live.map(\.cpuCount) == sysfs.map(\.cpuCount))
    #expect(live.map(\.distances) == sysfs.map(\.distances))
  }

  @Test("has nodes of the same size through libnuma as through their meminfo")
  func sizes() throws {
    // A kernel that initialises memory late grows while it is read: one calm moment is enough.
    var seen: [String] = []
    for _ in 0..<20 {
      let before = try #require(LibNUMA.nodes()).map(\.size)
      let nodes = try #require(
        try HostCollector.collect(from: DirectoryRoot.live).nodes.value
      )
      let sizes = nodes.map { node in
        node.meminfo.memTotal
      }
      if sizes == before.map({ .known($0) }) { return }
      seen.append("\(before) and \(sizes)")
    }
    Issue.record("libnuma and meminfo never agreed: \(seen)")
  }

  @Test("sums processes up where that is asked for, and says so where it isn't")
  func processes() throws {
    var options = CollectionOptions()
    let without = try HostCollector.collect(from: DirectoryRoot.live, options: options)
    #expect(without.processes.value == nil)
    options.readProcesses = true
    let totals = try #require(
      try HostCollector.collect(from: DirectoryRoot.live, options: options).processes.value
    )
    #expect(totals.processesRead >= 1)
    #expect(totals.resident > 0 && totals.pageTables > 0)
    #expect(!totals.isTruncated)
    options.processLimit = 1
    let bounded = try HostCollector.collect(from: DirectoryRoot.live, options: options)
    let first = try #require(bounded.processes.value)
    #expect(first.isTruncated)
    #expect(first.processesRead + first.processesRefused <= 1)
    #expect(bounded.unread.contains { $0.reason.contains("stopped after 1") })
  }
}
