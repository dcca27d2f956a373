internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("How user pages are evicted")
struct PageReclaimTests {
  struct Case: Sendable {
    var release: String?
    var file: Bool?
    var options: [String: KernelConfig.Value]?
    var reclaim: PageReclaim
    var isAssumed: Bool
  }

  private static let option = "LRU_GEN"
  private static let isOn = "LRU_GEN_ENABLED"

  @Test(
    "the file tells, then the config, then what distributions build",
    arguments: [
      Case(release: "5.10.0", reclaim: .lists, isAssumed: false),
      Case(release: "6.1.0", reclaim: .lists, isAssumed: true),
      Case(release: "6.12.0", reclaim: .generations, isAssumed: true),
      // Red Hat's 5.14 has taken it over.
      Case(release: "5.14.0", file: true, reclaim: .generations, isAssumed: false),
      Case(release: "6.12.0", file: false, reclaim: .lists, isAssumed: false),
      Case(
        release: "6.1.0",
        options: [option: .yes, isOn: .no],
        reclaim: .lists,
        isAssumed: false
      ),
      Case(
        release: "6.1.0",
        options: [option: .yes, isOn: .yes],
        reclaim: .generations,
        isAssumed: false
      ),
      Case(release: "6.12.0", options: [option: .no], reclaim: .lists, isAssumed: false),
      // A config that was cut down says nothing of it.
      Case(release: "6.12.0", options: ["NUMA": .yes], reclaim: .generations, isAssumed: true),
      // Nothing is known: the one that keeps less for the kernel.
      Case(release: nil, reclaim: .lists, isAssumed: true),
    ]
  )
  func order(test: Case) throws {
    var host = HostSnapshot(source: SourceDescription(kind: .spec, path: ""))
    if let release = test.release {
      host.kernel = .known(try #require(KernelVersion(release: release)))
    }
    if let file = test.file { host.virtualMemory.multiGenerationalLRU = .known(file) }
    if let options = test.options {
      host.kernelConfig = .known(KernelConfig(options: options, input: "/boot/config"))
    }
    let (reclaim, isAssumed) = PageReclaim.of(host, Kernel(host))
    #expect(reclaim == test.reclaim)
    #expect(isAssumed == test.isAssumed)
  }
}
