internal import SourceText

extension KernelArgumentFormat {
  /// `config.txt` of a Raspberry Pi: its overlays set the size of the CMA area, unless `cma=`
  /// on the command line says another (kernel/dma/contiguous.c, `rmem_cma_setup`).
  ///
  /// Parameters are those of raspberrypi/linux, arch/arm/boot/dts/overlays/README (cma, vc4-kms-v3d,
  /// vc4-fkms-v3d; rpi-6.6.y), numbers as its loader reads them (raspberrypi/userland,
  /// helpers/dtoverlay/dtoverlay.c: `strtoull` with any base; what is no number is ignored).
  static let raspberryPi = KernelArgumentFormat(
    name: "raspberry-pi",
    title: "Raspberry Pi config.txt",
    documentation: FormatRow(
      recognizedBy: "`dtoverlay=` in a `config.txt` or `usercfg.txt`, or with a `cma-…` parameter",
      read: """
        `cma-N` (MiB, of the sizes that the overlays have) and `cma-size=` (bytes) of each \
        `dtoverlay=`, as `cma=` in its place
        """,
      notRead: "`cma-default`; `[none]`; sections for a model count as met; included files"
    ),
    markers: .overlay,
    recognizes: { sample in
      sample.isPlainText && sample.sets(["dtoverlay", "dtparam"])
        && (sample.hasSuffix("config.txt", "usercfg.txt")
          || sample.text.firstRange(of: Array(",cma-".utf8)) != nil)
    },
    locate: { (_, bytes) in
      var isOff = false
      return TextLine.lines(of: bytes).flatMap { line -> [ArgumentList] in
        let content = line.trimmed(from: line.range.lowerBound)
        if content.first.map({ bytes[$0] == UInt8(ascii: "[") }) ?? false {
          isOff = bytes[content].starts(with: "[none]".utf8)
        }
        guard !isOff, let setting = SettingLine(line),
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
      return number(parameter.dropFirst("cma-size=".count)).map { "\($0)" }
    }
    // A parameter that an overlay doesn't have is passed over.
    guard parameter.hasPrefix("cma-"), let size = UInt64(parameter.dropFirst(4)),
      overlaySizes.contains(size)
    else { return nil }
    return "\(size)M"
  }

  private static let overlaySizes: Set<UInt64> = [64, 96, 128, 192, 256, 320, 384, 448, 512]

  /// As strtoull(3) takes it with base 0; one cell holds no more than 32 bits.
  private static func number(_ text: Substring) -> UInt32? {
    let lower = text.lowercased()
    if lower.hasPrefix("0x") { return UInt32(lower.dropFirst(2), radix: 16) }
    return lower.hasPrefix("0") && lower.count > 1 ? UInt32(lower, radix: 8) : UInt32(lower)
  }
}
