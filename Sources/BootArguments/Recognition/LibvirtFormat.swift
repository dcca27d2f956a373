extension KernelArgumentFormat {
  /// libvirt domains that QEMU boots directly: `<cmdline>` in `<os>`.
  static let libvirtDomain = KernelArgumentFormat(
    .libvirt,
    markers: .cmdlineElement,
    isComplete: true
  ) { sample in
    sample.firstByte == UInt8(ascii: "<") && sample.hasLine(beginning: "<domain")
  }
}
