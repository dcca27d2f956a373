extension KernelArgumentFormat {
  /// TuneD profiles: the `cmdline…` options of `[bootloader]`.
  static let tunedProfile = KernelArgumentFormat(
    .tuned,
    markers: .bootloaderSection,
    isComplete: false
  ) { sample in
    sample.isPlainText && sample.hasLine(beginning: "[bootloader]", indented: false)
      && sample.hasLine(beginning: "cmdline")
  }
}
