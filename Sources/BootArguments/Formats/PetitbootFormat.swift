internal import SourceText

extension KernelArgumentFormat {
  /// petitboot's kboot.conf: a name, and in quotes the image with its arguments.
  static let petitboot = KernelArgumentFormat(
    name: "petitboot",
    title: "petitboot kboot.conf",
    documentation: FormatRow(
      recognizedBy: "`kboot.conf`, `kboot.cnf`",
      read: """
        what stands behind the image of each boot option; what else petitboot reads (`grub.cfg`, \
        `yaboot.conf`, syslinux) is `grub.cfg`, `lilo`, `syslinux`
        """,
      notRead: "`initrd=`, `dtb=`, `video=`, which are petitboot's"
    ),
    markers: [.argument, .root],
    recognizes: { ["kboot.conf", "kboot.cnf"].contains($0.name) },
    locate: { (_, bytes) in
      TextLine.lines(of: bytes).compactMap { line in
        guard let setting = SettingLine(line) else { return nil }
        let words = ArgumentText.words(bytes, setting.unquoted(in: bytes))
        // An image is a path or an address; `default=` and `timeout=` name none.
        guard let image = words.first, bytes[image].contains(UInt8(ascii: "/")) else { return nil }
        let fragments = words.dropFirst().filter { word in
          !["initrd=", "dtb=", "video="].contains { bytes[word].starts(with: $0.utf8) }
        }
        .map { ArgumentFragment.line($0, in: bytes) }
        guard !fragments.isEmpty else { return nil }
        return ArgumentList(title: bytes.text(setting.name), fragments: fragments)
      }
    }
  )
}
