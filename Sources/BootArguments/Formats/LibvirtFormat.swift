internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// libvirt domains that QEMU boots directly: `<cmdline>` in `<os>`.
  static let libvirtDomain = KernelArgumentFormat(
    name: "libvirt",
    title: "libvirt domain XML (direct kernel boot)",
    documentation: FormatRow(
      recognizedBy: "`<domain` and `<cmdline`",
      read: "`<os><cmdline>`; `<memory>` and `<maxMemory>` as the guest's memory",
      notRead: "guests with a boot loader of their own"
    ),
    markers: .cmdlineElement,
    recognizes: { sample in
      sample.firstByte == UInt8(ascii: "<") && sample.hasLine(beginning: "<domain")
    },
    list: { (file, bytes) throws(LocatedError) -> ArgumentList in
      try LibvirtDomain(file: file, bytes: bytes).list()
    }
  )

  /// `<cmdline>…</cmdline>`, without a line break.
  static func libvirtCommandLine(_ line: String) -> String {
    "<cmdline>\(XMLText.escaped(line))</cmdline>"
  }
}

private struct LibvirtDomain {
  let file: String
  let bytes: [UInt8]

  func list() throws(LocatedError) -> ArgumentList {
    let elements = try XMLText.elements(file: file, bytes)
    let path = ["domain", "os"]
    func element(_ name: String) -> XMLText.Element? {
      elements.first { $0.path.suffix(3) == path + [name] }
    }
    if let line = element("cmdline") ?? elements.first(where: { $0.path == ["cmdline"] }) {
      var list = ArgumentList(fragments: [try fragment(line)])
      list.guest = guest(elements)
      return list
    }
    guard let place = element("initrd") ?? element("kernel") else {
      let os = elements.first { $0.path.suffix(2) == path }
      return ArgumentList(
        missing: .refused(
          failure(
            at: os?.start ?? 0,
            "no <kernel> in <os>: this guest has a boot loader of its own; "
              + "set the arguments inside the guest"
          )
        )
      )
    }
    let lineStart = (bytes[..<place.start].lastIndex(of: 0x0A) ?? -1) + 1
    let indent = bytes[lineStart..<place.start]
    let lead =
      indent.allSatisfy { TextLine.isBlank($0) }
      ? "\n" + String(decoding: indent, as: UTF8.self) : ""
    return ArgumentList(
      missing: .text(at: place.end) { lead + KernelArgumentFormat.libvirtCommandLine($0.line) }
    )
  }

  /// `<memory>` at boot, up to `<maxMemory>`.
  private func guest(_ elements: [XMLText.Element]) -> GuestMemory<Int>? {
    func size(_ name: String) -> GuestMemory<Int>.Size? {
      guard let element = elements.first(where: { $0.path == ["domain", name] }),
        let content = element.content, let count = UInt64(bytes.text(content).filter(\.isNumber)),
        count < 1 << 50
      else { return nil }
      let tag = bytes.text(element.start..<content.lowerBound)
      let units: [(String, UInt64)] = [
        ("GiB", 30), ("MiB", 20), ("KiB", 10), ("TiB", 40), ("G", 30), ("M", 20), ("k", 10),
      ]
      // KiB where the tag has no unit.
      let shift =
        units.first { tag.contains("unit='\($0.0)'") || tag.contains("unit=\"\($0.0)\"") }?.1 ?? 10
      return .init(ByteCount(1 << shift) * count, at: content.lowerBound)
    }
    guard let boot = size("memory"), let most = size("maxMemory") else { return nil }
    return GuestMemory(boot: boot, upTo: most, by: .dimm)
  }

  private func fragment(_ element: XMLText.Element) throws(LocatedError) -> ArgumentFragment {
    guard let content = element.content else {
      return ArgumentFragment(
        text: "",
        offsets: [element.start],
        range: element.start..<element.end,
        rewriting: .whole { KernelArgumentFormat.libvirtCommandLine($0) }
      )
    }
    guard !element.hasChildren else {
      throw failure(
        at: element.start,
        "write the command line as plain text, without comments or CDATA"
      )
    }
    let (text, offsets) = try XMLText.text(of: content, in: bytes, file: file)
    return ArgumentFragment(
      text: text,
      offsets: offsets,
      range: content,
      rewriting: .words { XMLText.escaped($0) }
    )
  }

  private func failure(at offset: Int, _ problem: String) -> LocatedError {
    LocatedError(problem, at: SourceLocation(of: offset, in: bytes, file: file))
  }
}
