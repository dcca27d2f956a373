package import Advice
internal import HostModel
package import KernelText
internal import SourceText

/// What `zonewise advise` says where zones can be listed and not judged: parts of a zoneinfo, or all
/// zones in pages of an unknown size.
package struct ZoneListAnswer: WholeAnswer {
  private let list: ZoneList

  package init(_ list: ZoneList) { self.list = list }

  package var worstSeverity: Finding.Severity? { nil }
  package var unknownInputs: Int { 1 }

  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(plain(style).utf8)
    case .json: json
    }
  }

  // MARK: Sums

  private func sum(_ kinds: (ZoneKind) -> Bool) -> Reading<PageCount> {
    list.zones.filter { kinds($0.kind) }.total(\.present)
  }

  private var kernel: Reading<PageCount> { sum { $0.countsAsKernel && $0 != .highMem } }
  private var highMemory: Reading<PageCount> { sum { $0 == .highMem } }
  private var movable: Reading<PageCount> { sum { $0 == .movable } }

  /// A ratio is the same in pages and in bytes; of parts there is none.
  private var ratio: MovableRatio? {
    guard list.why == nil, let kernel = kernel.value,
      let other = (movable + highMemory).value
    else { return nil }
    return MovableRatio(other.bytes(of: .kib4), to: kernel.bytes(of: .kib4))
  }

  // MARK: Text

  private func text(_ pages: PageCount) -> String {
    list.pageSize.value.map { pages.bytes(of: $0).text } ?? "\(pages) pages"
  }

  private func text(_ pages: Reading<PageCount>) -> String { pages.value.map(text) ?? "unknown" }

  private func plain(_ style: TextStyle) -> String {
    var lines = header.wrapped(style.width) + [""]
    lines += answer.printable.wrapped(style.width)
    lines += ["", style.marked("ZONES", .bold)]
    for zone in list.zones { lines += ["  " + line(for: zone).printable] }
    lines += ["", style.marked("TO GO ON", .bold)]
    for line in advice.wrapped(style.width - 2) { lines.append("  " + line) }
    return style.encoded(lines.joined(separator: "\n") + "\n")
  }

  private var header: String {
    var parts = ["zonewise \(ToolVersion.current)", list.hostName.value ?? "host not named"]
    let kernel = list.kernel.value.map { "Linux \($0.release)" } ?? "kernel unknown"
    parts.append(kernel + (list.architecture.value.map { " \($0.rawValue)" } ?? ""))
    parts.append(
      list.pageSize.value.map { "\($0.bytes.count >> 10) KiB pages" } ?? "page size unknown"
    )
    return parts.joined(separator: " · ").printable
  }

  private var answer: String {
    // Of a zone that parts don't have nothing is known, not even that it is empty.
    let sums = [("kernel zones", kernel), ("HighMem", highMemory), ("Movable", movable)]
      .filter { $0.1 != .known(.zero) }.map { "\($0.0) \(text($0.1))" }.joined(separator: ", ")
    guard let why = list.why else {
      let name = highMemory == .known(.zero) ? "Movable" : "HighMem and Movable"
      let ratio = ratio.map { "\(name) : kernel is \($0)" } ?? "the ratio is unknown"
      return "IN PAGES. \(ratio) (\(sums)). How large a page is can't be told, and without it "
        + "nothing can be judged."
    }
    return "NOT KNOWN. This is a part of /proc/zoneinfo (\(why)). It has \(sums); a ratio of parts "
      + "would not be the host's."
  }

  private func line(for zone: ZoneSnapshot) -> String {
    let name = "node \(zone.node) \(zone.kind.name)".padded(16)
    let sizes: [(String, Reading<PageCount>)] = [
      ("present", zone.present), ("managed", zone.managed), ("free", zone.free),
      ("min", zone.minWatermark),
    ]
    return name + sizes.map { "  \($0) \(text($1))" }.joined()
  }

  private var advice: String {
    list.why == nil
      ? "say how large a page is (getconf PAGESIZE prints it on the host): --page-size 4K, 16K or "
        + "64K; or give /proc/meminfo beside /proc/zoneinfo"
      : "give the whole file, as cat /proc/zoneinfo prints it, or take all with zonewise capture"
  }

  // MARK: JSON

  private var json: [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "advise")
      if let size = list.pageSize.value { root.number("pageSizeBytes", size.bytes.count) }
      if let why = list.why {
        root.object("partial") {
          $0.string("reason", why.reason.description)
          $0.object("location") {
            $0.string("file", why.place.file)
            $0.number("line", Int64(why.place.line))
          }
        }
      }
      if let ratio { root.ratio("movableToKernelRatio", ratio.number) }
      root.array("zones", list.zones) { writer, zone in
        writer.object {
          $0.number("node", UInt64(zone.node.number))
          $0.string("zone", zone.kind.name)
          let sizes: [(String, Reading<PageCount>)] = [
            ("presentPages", zone.present), ("managedPages", zone.managed),
            ("freePages", zone.free), ("minPages", zone.minWatermark),
          ]
          for (name, pages) in sizes {
            if let pages = pages.value { $0.number(name, pages.count) }
          }
        }
      }
    }
    return writer.bytes + [0x0A]
  }
}
