extension KernelArgumentFormat {
  /// Kickstart files: `bootloader --append=`.
  static let kickstartFile = KernelArgumentFormat(
    .kickstart,
    markers: .bootloader,
    isComplete: false
  ) { sample in
    sample.isPlainText && sample.hasLine(beginning: "bootloader ", indented: false)
      && sample.text.firstRange(of: Array("--append".utf8)) != nil
  }
}
