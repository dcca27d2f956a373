internal import HostModel

extension BootBaseline {
  /// The measured kernels. The one of 7.2 counts for all of 7.x.
  static let measured = ReleaseTable(
    oldest: BootBaseline(93_580, 18_364, [4616, 7008, 848, 12, 560], "5.10"),
    later: [
      (KernelRelease(6, 1), BootBaseline(99_720, 24_236, [6308, 8976, 960, 12, 512], "6.1")),
      (KernelRelease(6, 12), BootBaseline(105_060, 16_828, [7328, 592, 1136, 320, 552], "6.12")),
      (KernelRelease(7, 0), BootBaseline(108_900, 21_760, [8716, 740, 1104, 408, 520], "7.2")),
    ]
  )
}
