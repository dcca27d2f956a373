internal import HostModel
internal import KernelText
internal import Testing

@Suite("Settings as the kernel reads them")
struct KernelSettingTests {
  @Test(
    "the first letters of a boolean decide",
    arguments: [
      ("Y", true), ("yes", true), ("1", true), ("true", true), ("on", true), ("On", true),
      ("N", false), ("no", false), ("0", false), ("false", false), ("off", false), ("oFF", false),
    ]
  )
  func booleans(text: String, value: Bool) {
    #expect(KernelFormat<Bool>.boolean.parse(text) == value)
  }

  @Test("what is no boolean is refused", arguments: ["", "2", "o", "ok", "enable", "-1", " 1"])
  func refusedBooleans(text: String) {
    #expect(KernelFormat<Bool>.boolean.parse(text) == nil)
    #expect(KernelFormat<MemmapOnMemory>.memmapOnMemory.parse(text) == nil)
  }

  // mm/vmscan.c, enabled_store: y, n, or a mask of which the first bit is the LRU itself.
  @Test(
    "lru_gen/enabled is a mask or a letter",
    arguments: [
      ("0x0007", true), ("0x0001", true), ("5", true), ("y", true), ("Y\n", true),
      ("0x0000", false), ("0", false), ("6", false), ("n", false), ("", nil), ("on", nil),
    ] as [(String, Bool?)]
  )
  func generations(text: String, value: Bool?) {
    #expect(KernelFormat<Bool>.generations.parse(text) == value)
  }

  @Test("memmap_on_memory is a boolean or force, and force in two spellings only")
  func memmapOnMemory() {
    let format = KernelFormat<MemmapOnMemory>.memmapOnMemory
    #expect(format.parse("force") == .force && format.parse("FORCE") == .force)
    // `f` begins a false boolean.
    #expect(format.parse("Force") == .no)
    #expect(format.parse("Y") == .yes && format.parse("0") == .no)
  }

  @Test("sizes of the command line end where the kernel stops reading")
  func sizes() {
    let format = KernelFormat<ByteCount>.memparse
    #expect(format.parse("512M") == .mebibytes(512))
    #expect(format.parse("512M@0-4G") == .mebibytes(512))
    #expect(format.parse("0x200000") == .mebibytes(2))
    #expect(format.parse("auto") == nil && format.parse("") == nil)
    #expect(format.parse("17179869184G") == nil)
  }

  @Test(
    "each setting's text goes to its place and comes back",
    arguments: [
      (KernelSetting.defaultState, "online_movable"), (.onlinePolicy, "auto-movable"),
      (.autoMovableRatio, "301"), (.numaAware, "N"), (.memmapOnMemory, "force"),
      (.minFree, "67584"), (.watermarkScale, "10"), (.lowmemReserve, "256 256 32 0 0"),
      (.compactsUnevictable, "1"), (.overcommit, "2"), (.swappiness, "60"),
      (.profilesAllocations, "0"), (.movableGigantic, "1"), (.optimizesVmemmap, "1"),
      (.lockLimit, "Max locked memory         8388608"), (.crashKernelSize, "268435456"),
      (.zswap, "Y"), (.multiGenerationalLRU, "0x0007"), (.demotion, "1"),
      (.samePagesRun, "1"), (.samePagesShared, "12"), (.samePagesSharing, "34"),
      (.samePagesUnshared, "56"), (.samePagesVolatile, "78"),
    ]
  )
  func places(setting: KernelSetting, text: String) {
    let blank = HostSnapshot(source: SourceDescription(kind: .spec, path: ""))
    #expect(setting.text(in: blank) == .unknown(.missing(input: setting.path)))
    var snapshot = blank
    setting.store(.known(text), into: &snapshot)
    #expect(setting.text(in: snapshot) == .known(text))
    #expect(setting.text(in: snapshot).input == Input(setting.path))
    #expect(setting.normal(text) == text)
    for other in KernelSetting.all where other != setting {
      #expect(other.text(in: snapshot) == other.text(in: blank))
    }
    setting.store(.known("?"), into: &snapshot)
    guard case .rejected(setting.path, "?", _)? = setting.text(in: snapshot).reason else {
      Issue.record("\(setting.path) takes ?")
      return
    }
  }

  @Test("each path is read once, and sysctls are found by their names")
  func names() {
    #expect(Set(KernelSetting.all.map(\.path)).count == KernelSetting.all.count)
    #expect(KernelSetting.sysctl("vm.min_free_kbytes") == .minFree)
    #expect(KernelSetting.sysctl("net.core.somaxconn") == nil)
    for setting in KernelSetting.all { #expect(KernelSetting.at(setting.path) == setting) }
  }

  @Test("a limit of locked memory is found in its table, and may be none")
  func lockLimit() {
    let table = """
      Limit                     Soft Limit           Hard Limit           Units
      Max cpu time              unlimited            unlimited            seconds
      Max locked memory         unlimited            unlimited            bytes
      """
    #expect(KernelFormat<ByteCount>.lockLimit.parse(table) == .max)
    #expect(KernelFormat<ByteCount>.lockLimit.parse("Max cpu time unlimited") == nil)
  }
}
