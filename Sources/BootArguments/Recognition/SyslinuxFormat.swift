internal import SourceText

extension KernelArgumentFormat {
  /// syslinux, extlinux, pxelinux, isolinux, and U-Boot's extlinux.conf: `append` of each label.
  static let syslinux = KernelArgumentFormat(
    name: "syslinux",
    title: "syslinux, extlinux, pxelinux, U-Boot extlinux.conf",
    markers: .append,
    recognizes: { sample in
      sample.isPlainText && sample.hasLine(beginning: "append ", ignoringCase: true)
        && sample.hasLine(beginning: "label ", ignoringCase: true)
        && ["kernel ", "linux ", "com32 "].contains {
          sample.hasLine(beginning: $0, ignoringCase: true)
        }
    },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      var drafts: [CommandLineDraft] = []
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
          drafts.append(
            CommandLineDraft(title: label ?? "global", fragments: [.line(value, in: bytes)])
          )
        default: continue
        }
      }
      return drafts
    }
  )
}
