internal import BootArguments
internal import MachineSpec

extension FileSample {
  /// Whether it is a spec of ours; of what was only met, beyond doubt.
  ///
  /// A damaged one is still a spec.
  func isSpec(isNamed: Bool) -> Bool {
    if SpecMark.isInName(of: path) { return true }
    guard mayBeSpec else { return false }
    let isWhole = FleetSpec.recognizes(bytes) || MachineSpecReader.recognizes(bytes)
    guard !isNamed || !isWhole else { return true }
    // A script may write one.
    guard !FileSample.isProse(path), !isTemplate, !bytes.starts(with: "#!".utf8) else {
      return false
    }
    return isWhole && FleetSpec.isClearlyOurs(bytes) || SpecMark.isThere(path: path, bytes)
  }
}
