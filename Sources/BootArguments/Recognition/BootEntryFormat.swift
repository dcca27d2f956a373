internal import SourceText

extension KernelArgumentFormat {
  /// Entries after the Boot Loader Specification: GRUB's on Fedora, systemd-boot's, ostree's.
  static let bootEntry = KernelArgumentFormat(
    name: "bls",
    title: "Boot Loader Specification entry",
    markers: .options,
    recognizes: { sample in
      sample.isPlainText && sample.hasLine(beginning: "options", indented: false)
        && sample.hasOnlyBootEntryKeys
    },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      var draft = CommandLineDraft(fragments: [])
      for line in TextLine.lines(of: bytes) {
        let key = line.word(at: 0)
        switch String(decoding: bytes[key], as: UTF8.self) {
        case "options":
          draft.fragments.append(.line(line.trimmed(from: key.upperBound), in: bytes))
        case "architecture":
          let name = line.trimmed(from: key.upperBound)
          draft.architectures = [String(decoding: bytes[name], as: UTF8.self)]
        default: break
        }
      }
      return draft.fragments.isEmpty ? [] : [draft]
    }
  )
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
    var hasKernel = false
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

extension BootFile.Fragment {
  /// A piece without quoting, in which a boot loader or a template may put something in.
  static func line(_ range: Range<Int>, in bytes: [UInt8]) -> BootFile.Fragment {
    BootFile.Fragment.verbatim(range, in: bytes).withoutTemplates
  }
}
