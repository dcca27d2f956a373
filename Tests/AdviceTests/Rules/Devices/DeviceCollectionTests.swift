internal import HostModel
internal import KernelText
internal import Testing

@Suite("Devices are read")
struct DeviceCollectionTests {
  private func devices(_ name: String) throws -> HostDevices {
    try #require(RuleFixture.named(name)).snapshot().devices
  }

  @Test("none where there are none, unknown where nothing tells")
  func absence() throws {
    let plain = try devices("6.1-cxl-left-offline")
    #expect(plain.balloons == .known([]) && plain.dax == .known([]) && plain.pinners == .known([]))
    #expect(plain.udevRules == .known([]) && plain.zram == .known([]))
    let bare = try devices("6.1-two-nodes-kernelcore")
    #expect(bare.balloons.value == nil && bare.zram.value == nil && bare.udevRules.value == nil)
  }

  @Test("balloons with their features")
  func balloons() throws {
    let name = "virtio-balloon-without-migration"
    let balloon = try #require(try devices(name).balloons.value?.first)
    #expect(balloon.driver == .virtio)
    #expect(balloon.deflatesOnOOM == false)
    #expect(try devices("7.x-balloon-after").balloons.value?.map(\.driver) == [.virtio])
    #expect(try devices("hyper-v-balloon").balloons.value?.map(\.driver) == [.hyperV])
  }

  @Test("DAX, CXL and persistent memory")
  func memory() throws {
    let dax = try #require(try devices("cxl-node").dax.value?.first)
    #expect(dax.driver == .kmem && dax.size == .known(.mebibytes(512)) && dax.node == .known(1))
    #expect(try devices("cxl-node").cxl.value == ["mem0", "region0"])
    #expect(dax.state.value == nil && dax.isRAM)
    let unplugged = try #require(try devices("cxl-unplugged").dax.value?.first)
    #expect(unplugged.state == .known("unplugged") && !unplugged.isRAM)
    // A root with links into sys/devices, read out of an archive.
    let nd = try #require(try devices("7.x-pmem-map-mem-after").persistentMemory.value)
    #expect(nd.map(\.name) == ["dax0.0", "namespace0.0", "pfn0.0", "pfn0.1"])
    #expect(nd[2].mode == .known("ram") && nd[2].namespace == .known("namespace0.0"))
    #expect(nd[2].size.value.map { $0 > .gibibytes(3) } == true)
  }

  @Test("CXL devices that are only persistent are no RAM to come")
  func persistentCXL() throws {
    #expect(try devices("6.1-cxl-left-offline").cxl == .known([]))
  }

  @Test("compressed disks that have a size")
  func zram() throws {
    let disk = try #require(try devices("7.x-zram-swap-after").zram.value?.first)
    #expect(disk.diskSize == .mebibytes(1400))
    #expect(disk.used.value.map { $0 > .mebibytes(300) } == true)
    #expect(try devices("7.x-zram-swap-before").zram == .known([]))
  }

  @Test("udev rules: joined lines, conditions, comments")
  func udev() {
    let text = """
      # SUBSYSTEM=="memory", ATTR{state}="online"
      SUBSYSTEM!="memory", GOTO="end"
      SUBSYSTEM=="memory", ACTION=="add", \\
        ATTR{state}=="offline", ATTR{state}="online_movable"
      SUBSYSTEM=="memory", ACTION=="add", PROGRAM=="/bin/uname -p", RESULT!="s390x", \\
        ATTR{state}=="offline", ATTR{state}="online"
      SUBSYSTEM=="cpu", ACTION=="add", ATTR{online}="1"
      SUBSYSTEM=="memory", ACTION=="add", RUN+="/usr/bin/chmem -e"
      """
    let rules = UdevRulesText.parse(text, file: "40-memory.rules")
    #expect(rules.map(\.action) == ["online_movable", "online", "RUN /usr/bin/chmem -e"])
    #expect(rules.map(\.line) == [3, 5, 8])
    #expect(rules.map(\.isConditional) == [false, true, false])
  }

  @Test("daxctl's sections")
  func daxctl() {
    let text = """
      # comment
      [reconfigure-device pool]
      nvdimm.uuid = ed93e918-e165-49d8-921d-383d7b9660c5
      mode = system-ram
      online = true
      movable = false
      [other]
      mode = devdax
      """
    let sections = DaxctlConfigText.parse(text, file: "a.conf")
    #expect(sections.count == 1)
    #expect(sections.first?.name == "pool" && sections.first?.movable == "false")
  }
}
