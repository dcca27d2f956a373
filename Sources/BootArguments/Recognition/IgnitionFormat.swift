extension KernelArgumentFormat {
  /// Ignition configs: `kernelArguments.shouldExist`.
  static let ignitionConfig = KernelArgumentFormat(
    .ignition,
    markers: .ignition,
    isComplete: false
  ) { sample in
    sample.firstByte == UInt8(ascii: "{") && sample.markers.contains(.kernelArguments)
  }
}
