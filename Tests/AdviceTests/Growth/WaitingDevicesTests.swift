internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Devices that wait to be onlined")
struct WaitingDevicesTests {
  private func device(
    _ name: String,
    _ driver: DAXDevice.Driver,
    memmapOnMemory: Bool = false
  ) -> DAXDevice {
    var device = DAXDevice(name: name, driver: driver)
    device.size = .known(.gibibytes(768))
    device.node = .known(1)
    device.memmapOnMemory = .known(memmapOnMemory)
    return device
  }

  private func steps(_ devices: [DAXDevice]) -> [GrowthStep] {
    var snapshot = HostSnapshot(source: SourceDescription(kind: .live, path: ""))
    snapshot.devices.dax = .known(devices)
    return UnonlinedDAXDevices.steps(snapshot)
  }

  @Test("what is System RAM already does not wait, and a size that is not told is not guessed")
  func waiting() {
    let unknown = DAXDevice(name: "dax2.0", driver: .none)
    let found = steps([device("dax0.0", .kmem), device("dax1.0", .deviceDAX), unknown])
    #expect(found.map(\.name) == ["dax1.0"])
    #expect(found.first?.device == .pmem(.systemRAM))
    #expect(steps([device("dax0.0", .none, memmapOnMemory: true)]).first?.device == .cxl)
  }

  // drivers/dax/kmem.c of 7.3, state_show: what kmem holds and may give back while it stays bound.
  @Test(
    "a device of driver kmem is System RAM unless its state is unplugged",
    arguments: [
      ("unplugged", false), ("offline", true), ("online", true), ("online_kernel", true),
      ("online_movable", true),
    ]
  )
  func state(_ state: String, _ isRAM: Bool) {
    var bound = device("dax0.0", .kmem)
    bound.state = .known(state)
    #expect(bound.isRAM == isRAM)
    #expect(steps([bound]).map(\.name) == (isRAM ? [] : ["dax0.0"]))
    // Another driver's device has no such file, and is no RAM.
    bound.driver = .deviceDAX
    #expect(!bound.isRAM)
  }

  @Test("daxctl onlines as Movable what the kernel leaves offline")
  func settings() {
    var settings = OnliningSettings()
    #expect(UnonlinedDAXDevices.settings(settings).defaultState.value == .onlineMovable)
    settings.defaultState = .init(.onlineKernel, from: "test")
    #expect(UnonlinedDAXDevices.settings(settings).defaultState.value == .onlineKernel)
  }

  @Test("768 GiB of persistent memory beside 96 GiB of DRAM: the ratio, and who pays 12 GiB")
  func preflight() throws {
    let machine = try GrowthMachine(
      boot: .gibibytes(96),
      profile: GrowthPlanTests.profile,
      settings: UnonlinedDAXDevices.settings(OnliningSettings())
    )
    let plan = GrowthPlan(
      machine,
      adding: steps([device("dax1.0", .deviceDAX)]),
      source: SourceDescription(kind: .live, path: "")
    )
    let sentence = try #require(plan.preflight(0))
    #expect(
      sentence.hasPrefix(
        "onlining dax1.0 as movable takes the machine from 0:1 to 8:1 and costs 12.0 "
      )
    )
    #expect(sentence.hasSuffix("GiB of kernel memory on node 0"))
    #expect(plan.steps.first?.verdict == .imbalanced)
  }
}
