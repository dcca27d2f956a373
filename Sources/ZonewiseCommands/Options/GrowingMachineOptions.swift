internal import ArgumentParser
internal import HostModel
internal import KernelBehavior
internal import MachineSpec

/// A virtual machine that boots with so much and grows: no host is needed to plan it.
struct GrowingMachineOptions: ParsableArguments {
  /// What was asked, checked.
  struct Growth {
    var boot: ByteCount
    var max: ByteCount
    var step: ByteCount?
    var device: HotplugDevice
  }

  @Option(
    help: ArgumentHelp("A machine that boots with so much.", valueName: "size"),
    transform: ArgumentValue.size("boot")
  )
  var boot: ByteCount?

  @Option(
    help: ArgumentHelp("The total that it shall reach.", valueName: "size"),
    transform: ArgumentValue.size("max")
  )
  var max: ByteCount?

  @Option(
    help: ArgumentHelp("In devices of this size; default: in one piece.", valueName: "size"),
    transform: ArgumentValue.size("step")
  )
  var step: ByteCount?

  @Option(
    help: ArgumentHelp("The kind of device for --boot; default: dimm.", valueName: "kind"),
    transform: ArgumentValue.deviceKind
  )
  var device: HotplugDevice?

  var isGiven: Bool { boot != nil }

  func validate() throws { _ = try growth() }

  /// Nil where no machine was described.
  func growth() throws -> Growth? {
    guard let boot else {
      guard max == nil, step == nil, device == nil else {
        throw ValidationError("--max, --step and --device belong to --boot")
      }
      return nil
    }
    guard let max else { throw ValidationError("--boot takes --max, the total to reach") }
    let limit = MemoryBlockSize.addressLimit(.x86_64)
    guard boot >= .mebibytes(128) else {
      throw ValidationError("--boot \(boot.text): no such kernel boots with less than 128 MiB")
    }
    guard max <= limit else {
      throw ValidationError(
        "--max \(max.text): x86-64 kernels give memory up to \(limit.text) only"
      )
    }
    guard boot < max else { throw ValidationError("--max must be more than --boot") }
    if let step, max.subtractingOrZero(boot).scaled(by: 1, over: step.count) > 4096 {
      throw ValidationError("--step \(step.text): that is more than 4096 steps")
    }
    guard let kind = device ?? HotplugDevice(name: "dimm") else { return nil }
    return Growth(boot: boot, max: max, step: step, device: kind)
  }
}
