internal import SourceText

extension KernelArgumentFormat {
  /// syslinux, extlinux, pxelinux, isolinux, and U-Boot's extlinux.conf: `append` of each label.
  static let syslinux = KernelArgumentFormat(
    name: "syslinux",
    title: "syslinux, extlinux, pxelinux, U-Boot extlinux.conf",
    documentation: FormatRow(
      recognizedBy: "`label`, `kernel` or `linux`, and `append` lines in any letters",
      read: "`append` of each label; also extlinux, pxelinux, U-Boot's extlinux.conf",
      notRead: "included files"
    ),
    markers: .append,
    recognizes: { sample in
      sample.isPlainText && sample.hasLine(beginning: "append ", ignoringCase: true)
        && sample.hasLine(beginning: "label ", ignoringCase: true)
        && ["kernel ", "linux ", "com32 "].contains {
          sample.hasLine(beginning: $0, ignoringCase: true)
        }
    },
    locate: { (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      var lists: [ArgumentList] = []
      var label: String?
      // What an APPEND before all labels says counts for those that have none of their own.
      for line in TextLine.lines(of: bytes) {
        let key = line.word(at: 0)
        switch String(decoding: bytes[key], as: UTF8.self).lowercased() {
        case "label":
          let name = line.trimmed(from: key.upperBound)
          label = String(decoding: bytes[name], as: UTF8.self)
        case "append":
          let value = line.trimmed(from: key.upperBound)
          // A lone hyphen: no arguments at all.
          guard !bytes[value].elementsEqual([UInt8(ascii: "-")]), !value.isEmpty else { continue }
          lists.append(
            ArgumentList(title: label ?? "global", fragments: [.verbatim(value, in: bytes)])
          )
        default: continue
        }
      }
      return lists
    }
  )
}
