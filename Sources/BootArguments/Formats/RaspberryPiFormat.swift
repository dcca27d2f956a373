internal import SourceText

extension KernelArgumentFormat {
  /// `config.txt` of a Raspberry Pi: its overlays set the size of the CMA area, unless `cma=`
  /// on the command line says another (kernel/dma/contiguous.c, `rmem_cma_setup`).
  static let raspberryPi = KernelArgumentFormat(
    name: "raspberry-pi",
    title: "Raspberry Pi config.txt",
    documentation: FormatRow(
      recognizedBy: "`dtoverlay=` in a `config.txt` or `usercfg.txt`, or with a `cma-…` parameter",
      read: "`cma-N` (MiB) and `cma-size=` (bytes) of each `dtoverlay=`, as `cma=` in its place",
      notRead: "`cma-default`; sections for a model count as met; included files"
    ),
    markers: .overlay,
    recognizes: { sample in
      sample.isPlainText && sample.sets(["dtoverlay", "dtparam"])
        && (sample.hasSuffix("config.txt", "usercfg.txt")
          || sample.text.firstRange(of: Array(",cma-".utf8)) != nil)
    },
    locate: { (_, bytes) in
      TextLine.lines(of: bytes).flatMap { line -> [ArgumentList] in
        guard let setting = SettingLine(line),
          ["dtoverlay", "dtparam"].contains(bytes.text(setting.name))
        else { return [] }
        return parts(of: setting.value, in: bytes).compactMap { part in
          size(bytes.text(part)).map { size in
            ArgumentList(
              title: "dtoverlay",
              fragments: [.setting("cma=\(size)", at: part)],
              isComplete: false
            )
          }
        }
      }
    }
  )

  private static func parts(of value: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
    bytes[value].split(separator: UInt8(ascii: ",")).map { $0.startIndex..<$0.endIndex }
  }

  /// The size that a parameter of an overlay asks for.
  private static func size(_ parameter: String) -> String? {
    if parameter.hasPrefix("cma-size=") {
      return UInt64(parameter.dropFirst("cma-size=".count)).map { "\($0)" }
    }
    guard parameter.hasPrefix("cma-"), let size = UInt64(parameter.dropFirst(4)) else { return nil }
    return "\(size)M"
  }
}
