internal import SourceText

extension BootTarget {
  /// libvirt: a guest that QEMU boots directly from a kernel file (`<kernel>` in `<os>`).
  ///
  /// A guest with a boot loader of its own takes its arguments from there.
  static let libvirt = BootTarget(
    name: "libvirt",
    title: "libvirt domain XML (direct kernel boot)",
    place: "the <os> element of the domain, beside <kernel> (virsh edit DOMAIN)",
    comment: .xml,
    body: { "<cmdline>\(XMLText.escaped($0.line))</cmdline>\n" },
    apply: { _ in
      [
        "virsh dumpxml --inactive DOMAIN > domain.xml", "# --current domain.xml -o new.xml",
        "virsh define new.xml", "# shut the guest down and start it",
      ]
    },
    rollback: { _ in ["virsh define domain.xml", "# shut the guest down and start it"] },
    notes: { request in
      var notes = ["<cmdline> is the whole command line: keep root= and what else is in it"]
      if request.arguments.contains(where: { $0.key.hasPrefix("memory_hotplug.") }) {
        notes.append(
          "memory to grow by: <maxMemory slots=\"N\" unit=\"GiB\">MAX</maxMemory> and "
            + "<memory model=\"virtio-mem\"> with <size>, <block>2</block> MiB and <requested> "
            + "in its <target>"
        )
      }
      return notes
    },
    parse: { (file, bytes) throws(LocatedError) in
      try LibvirtDomain.parse(file: file, bytes)
    }
  )
}

/// `<cmdline>` of a domain.
enum LibvirtDomain {
  static func parse(file: String, _ bytes: [UInt8]) throws(LocatedError) -> BootFile {
    let elements = try XMLText.elements(file: file, bytes)
    let path = ["domain", "os"]
    func element(_ name: String) -> XMLText.Element? {
      elements.first { $0.path.suffix(3) == path + [name] }
    }
    if let line = element("cmdline") ?? elements.first(where: { $0.path == ["cmdline"] }) {
      return try commandLine(line, file: file, bytes)
    }
    guard let place = element("initrd") ?? element("kernel") else {
      let os = elements.first { $0.path.suffix(2) == path }
      return BootFile(
        file: file,
        bytes: bytes,
        fragments: [],
        insertion: .refused(
          at: os?.start ?? 0,
          why: "no <kernel> in <os>: this guest has a boot loader of its own; "
            + "set the arguments inside the guest"
        )
      )
    }
    let lineStart = (bytes[..<place.start].lastIndex(of: 0x0A) ?? -1) + 1
    let indent = bytes[lineStart..<place.start]
    let lead =
      indent.allSatisfy { TextLine.isBlank($0) }
      ? "\n" + String(decoding: indent, as: UTF8.self) : ""
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: [],
      insertion: .text(at: place.end) { arguments in
        let line = arguments.map { $0.word }.joined(separator: " ")
        return lead + "<cmdline>\(XMLText.escaped(line))</cmdline>"
      }
    )
  }

  private static func commandLine(
    _ element: XMLText.Element,
    file: String,
    _ bytes: [UInt8]
  ) throws(LocatedError) -> BootFile {
    guard let content = element.content else {
      return BootFile(
        file: file,
        bytes: bytes,
        fragments: [
          BootFile.Fragment(
            text: "",
            offsets: [element.start],
            range: element.start..<element.end,
            rewriting: .whole { "<cmdline>\(XMLText.escaped($0))</cmdline>" }
          )
        ],
        insertion: .fragment(0)
      )
    }
    guard !element.hasChildren else {
      throw LocatedError(
        "write the command line as plain text, without comments or CDATA",
        at: SourceLocation(of: element.start, in: bytes, file: file)
      )
    }
    let (text, offsets) = try XMLText.text(of: content, in: bytes, file: file)
    return BootFile(
      file: file,
      bytes: bytes,
      fragments: [
        BootFile.Fragment(
          text: text,
          offsets: offsets,
          range: content,
          rewriting: .words { XMLText.escaped($0) }
        )
      ],
      insertion: .fragment(0)
    )
  }
}
