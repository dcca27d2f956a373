internal import HostModel
internal import SourceText

extension KernelArgumentFormat {
  /// libvirt domains that QEMU boots directly: `<cmdline>` in `<os>`.
  static let libvirtDomain = KernelArgumentFormat(
    name: "libvirt",
    title: "libvirt domain XML (direct kernel boot)",
    documentation: FormatRow(
      recognizedBy: "`<domain` with `<cmdline` or `<maxMemory`",
      read: """
        `<os><cmdline>`; `<memory>` or the cells of `<numa>`, the `<memory>` devices and \
        `<maxMemory>` as the guest's memory
        """,
      notRead: "arguments of guests with a boot loader of their own"
    ),
    markers: [.cmdlineElement, .guestMemory],
    recognizes: { sample in
      sample.firstByte == UInt8(ascii: "<")
        && ["<domain", "<cmdline>"].contains { sample.hasLine(beginning: $0) }
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
        ),
        guest: guest(elements)
      )
    }
    let lineStart = (bytes[..<place.start].lastIndex(of: 0x0A) ?? -1) + 1
    let indent = bytes[lineStart..<place.start]
    let lead =
      indent.allSatisfy { TextLine.isBlank($0) }
      ? "\n" + String(decoding: indent, as: UTF8.self) : ""
    return ArgumentList(
      missing: .text(at: place.end) { lead + KernelArgumentFormat.libvirtCommandLine($0.line) },
      guest: guest(elements)
    )
  }

  /// What is there at boot, up to `<maxMemory>`. The guest's `<memory>` has its devices' in it; its
  /// cells don't.
  private func guest(_ elements: [XMLText.Element]) -> GuestMemory<Int>? {
    typealias Size = GuestMemory<Int>.Size
    func sizes(_ path: [String]) -> [Size] {
      elements.filter { $0.path == path }.compactMap { element in
        guard let content = element.content,
          let count = UInt64(bytes.text(content).filter(\.isNumber))
        else { return nil }
        return size(count, tag: element.start..<content.lowerBound, at: content.lowerBound)
      }
    }
    guard let whole = sizes(["domain", "memory"]).first,
      let most = sizes(["domain", "maxMemory"]).first
    else { return nil }
    let cells = elements.filter { $0.path == ["domain", "cpu", "numa", "cell"] }.compactMap(cell)
    let devices = sizes(["domain", "devices", "memory", "target", "size"])
    let added = devices.reduce(ByteCount.zero) { $0 + $1.bytes }
    let boot =
      cells.isEmpty
      ? Size(whole.bytes.subtracting(added) ?? whole.bytes, at: whole.place)
      : Size(cells.reduce(.zero) { $0 + $1.bytes }, at: cells[0].place)
    let isVirtioMem = elements.contains { element in
      element.path == ["domain", "devices", "memory"]
        && attribute("model", of: element)?.hasPrefix("virtio-mem") == true
    }
    return GuestMemory(boot: boot, upTo: most, by: isVirtioMem ? .virtioMem : .dimm)
  }

  /// `<cell id='0' memory='4' unit='GiB'/>`
  private func cell(_ element: XMLText.Element) -> GuestMemory<Int>.Size? {
    guard let memory = attribute("memory", of: element), let count = UInt64(memory) else {
      return nil
    }
    return size(count, tag: tag(of: element), at: element.start)
  }

  /// KiB where the tag has no unit.
  private func size(_ count: UInt64, tag: Range<Int>, at place: Int) -> GuestMemory<Int>.Size? {
    guard count < 1 << 50 else { return nil }
    let units: [String: UInt64] = [
      "b": 0, "bytes": 0, "KB": 10, "k": 10, "KiB": 10, "M": 20, "MiB": 20, "MB": 20, "G": 30,
      "GiB": 30, "GB": 30, "T": 40, "TiB": 40, "TB": 40,
    ]
    guard let shift = Self.attribute("unit", in: bytes.text(tag)).map({ units[$0] }) ?? 10 else {
      return nil
    }
    return .init(ByteCount(1 << shift) * count, at: place)
  }

  private func tag(of element: XMLText.Element) -> Range<Int> {
    let end = bytes[element.start...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
    return element.start..<end
  }

  private func attribute(_ name: String, of element: XMLText.Element) -> String? {
    Self.attribute(name, in: bytes.text(tag(of: element)))
  }

  private static func attribute(_ name: String, in tag: String) -> String? {
    for quote in ["'", "\""] {
      guard let start = tag.ranges(of: " \(name)=\(quote)").first?.upperBound else { continue }
      return String(tag[start...].prefix { String($0) != quote })
    }
    return nil
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
