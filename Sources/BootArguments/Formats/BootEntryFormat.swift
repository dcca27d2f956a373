internal import SourceText

extension KernelArgumentFormat {
  /// Entries after the Boot Loader Specification: GRUB's on Fedora, systemd-boot's, ostree's.
  static let bootEntry = KernelArgumentFormat(
    name: "bls",
    title: "Boot Loader Specification entry",
    documentation: FormatRow(
      recognizedBy: "only keys of a boot loader entry, `options` among them",
      read: "all `options` lines, `architecture`",
      notRead: "`$kernelopts` and `$tuned_params`"
    ),
    markers: .options,
    recognizes: { sample in
      sample.isPlainText && sample.hasLine(beginning: "options", indented: false)
        && sample.hasOnlyBootEntryKeys
    },
    list: { (file, bytes) throws(LocatedError) -> ArgumentList in
      var list = ArgumentList(fragments: [])
      for line in TextLine.lines(of: bytes) {
        let key = line.word(at: 0)
        guard let first = key.first, bytes[first] != UInt8(ascii: "#") else { continue }
        let name = String(decoding: bytes[key], as: UTF8.self)
        guard bytes[key].allSatisfy(isKeyByte) else {
          throw LocatedError(
            "'\(name)' is no key of a boot loader entry",
            at: SourceLocation(of: first, in: bytes, file: file)
          )
        }
        let value = line.trimmed(from: key.upperBound)
        switch name {
        case "options" where value.isEmpty:
          list.fragments.append(
            ArgumentFragment(
              text: "",
              offsets: [key.upperBound],
              range: key.upperBound..<line.range.upperBound,
              rewriting: .whole { " " + $0 }
            )
          )
        case "options": list.fragments.append(.verbatim(value, in: bytes))
        case "architecture": list.architectures = [String(decoding: bytes[value], as: UTF8.self)]
        default: break
        }
      }
      if list.fragments.isEmpty { list.insertion = .line(endOf: bytes) { "options " + $0.line } }
      return list
    }
  )

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}

extension FileSample {
  private static let bootEntryKeys = [
    "title", "version", "machine-id", "sort-key", "linux", "initrd", "efi", "options",
    "devicetree", "devicetree-overlay", "architecture", "id", "grub_users", "grub_hotkey",
    "grub_class", "grub_arg", "blscfg", "profile", "extra", "uki", "uki-url", "tries", "abootimg",
    "ostree-config",
  ].map { Array($0.utf8) }

  /// Whether every line begins with a key of an entry, and one of them names what to boot.
  fileprivate var hasOnlyBootEntryKeys: Bool {
    // A part of an entry names none.
    var hasKernel = path.contains("loader/entries/")
    var start = 0
    while start < bytes.count {
      let feed = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = TextLine(bytes: bytes, range: start..<feed)
      let key = bytes[line.word(at: 0)]
      start = feed + 1
      if key.isEmpty || key.first == UInt8(ascii: "#") || key.elementsEqual([0x0D]) { continue }
      guard Self.bootEntryKeys.contains(where: { $0.elementsEqual(key) }) else { return false }
      hasKernel =
        hasKernel || key.elementsEqual("linux".utf8) || key.elementsEqual("efi".utf8)
        || key.elementsEqual("title".utf8)
    }
    return hasKernel
  }
}
