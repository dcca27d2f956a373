internal import SourceText

extension KernelArgumentFormat {
  /// LILO and ELILO: `append` for all images and for each.
  static let lilo = KernelArgumentFormat(
    name: "lilo",
    title: "LILO",
    documentation: FormatRow(
      recognizedBy: "`image=` and `append=`, `addappend=` or `literal=`",
      read: "`append`, `addappend` and `literal`, for all images and for each",
      notRead: "included files"
    ),
    markers: .append,
    recognizes: { sample in
      sample.isPlainText && sample.sets(["image"])
        && sample.sets(["append", "addappend", "literal"])
    },
    locate: { (_, bytes) in
      var lists: [ArgumentList] = []
      var image: String?
      for line in TextLine.lines(of: bytes) {
        guard let setting = SettingLine(line) else { continue }
        let value = setting.unquoted(in: bytes)
        switch bytes.text(setting.name) {
        case "image": image = bytes.text(value)
        case "append", "addappend", "literal":
          lists.append(
            ArgumentList(
              title: image,
              fragments: [.line(value, in: bytes)],
              isComplete: false
            )
          )
        default: continue
        }
      }
      return lists
    }
  )
}
