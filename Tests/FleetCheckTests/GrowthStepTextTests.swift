internal import KernelBehavior
internal import MachineSpec
internal import Testing

@Suite("Devices as users write them")
struct GrowthStepTextTests {
  @Test(
    "steps are read as they are written",
    arguments: ["dimm:2GiB@0", "pmem,mode=devdax:768GiB@3", "virtio-mem:1536MiB@1"]
  )
  func steps(text: String) throws {
    #expect(try GrowthStep(text: text).text == text)
  }

  @Test(
    "what is no step is refused",
    arguments: ["dimm", "dimm:", "dimm:0@0", "dimm:1GiB@-1", "ram:1GiB@0", "dimm:1GiB@x", ":1GiB"]
  )
  func mistakes(text: String) {
    #expect(throws: GrowthStep.Mistake.self) { try GrowthStep(text: text) }
  }

  @Test(
    "kinds are read with their modes and nothing else",
    arguments: [
      "dimm", "virtio-mem", "cxl", "block", "pmem", "pmem,map=mem", "pmem,mode=devdax",
      "pmem,mode=devdax,map=mem", "pmem,mode=system-ram",
    ]
  )
  func names(name: String) {
    #expect(HotplugDevice(name: name)?.description == name)
    #expect(HotplugDevice(name: name + ",x=y") == nil)
  }
}
