internal import BootArguments
internal import MachineSpec

extension FileSample {
  /// Whether it is a spec of ours; of what was only met, beyond doubt.
  func isSpec(isNamed: Bool) -> Bool {
    guard mayBeSpec, FleetSpec.recognizes(bytes) || MachineSpecReader.recognizes(bytes) else {
      return false
    }
    return isNamed || !FileSample.isProse(path) && FleetSpec.isClearlyOurs(bytes)
  }
}
