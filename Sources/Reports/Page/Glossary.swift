/// What the words of reports mean, each in a sentence or two: beside the word, and as a list at the end.
struct Glossary {
  struct Entry: Hashable {
    /// The name of its anchor, without the prefix.
    var id: String
    var name: String
    /// Heads of columns and labels of tiles that stand for it, beside its name.
    var titles: [String] = []
    var text: String

    var anchor: String { "term-\(id)" }
  }

  static let entries: [Entry] = [
    Entry(
      id: "verdict",
      name: "verdict",
      titles: ["Verdict", "before", "after", "what if"],
      text:
        "How a host stands, the worst of all its nodes. Balanced: the kernel has room for what is "
        + "expected of it and a margin. Tight: it has less than the margin. Imbalanced: it has too "
        + "little, or ZONE_MOVABLE is too large beside it. Impossible: no division of the memory does. "
        + "Unknown: it could not be told, which is not the same as fine."
    ),
    Entry(
      id: "kernel",
      name: "kernel",
      titles: ["kernel before", "kernel after", "kernel memory"],
      text:
        "Memory that the kernel's own data can use: all zones but ZONE_MOVABLE, less CMA areas. User "
        + "memory may lie in it too."
    ),
    Entry(
      id: "movable",
      name: "Movable",
      titles: ["Movable before", "Movable after"],
      text:
        "Memory in ZONE_MOVABLE and in CMA areas: only what can be moved or given back lies there, such "
        + "as programs' pages; never the kernel's own data."
    ),
    Entry(
      id: "ratio",
      name: "ratio",
      titles: [
        "Movable : kernel", "worst ratio", "ratio before", "ratio after",
      ],
      text:
        "Movable divided by kernel memory. Above the profile's limits, 3 : 1 and 4 : 1 unless it says "
        + "otherwise, the kernel runs out of memory while Movable has plenty."
    ),
    Entry(
      id: "headroom",
      name: "headroom",
      titles: ["Kernel headroom", "least headroom", "Headroom"],
      text:
        "How much more memory the kernel can take for its own data now before an allocation fails: free "
        + "in the kernel zones above their reserve, and what can be evicted there."
    ),
    Entry(
      id: "when-full",
      name: "when full",
      text: "The headroom that is left at worst once programs fill the host with as much memory as "
        + "ZONE_MOVABLE holds."
    ),
    Entry(
      id: "left",
      name: "left at horizon",
      titles: ["left at horizon before", "left at horizon after"],
      text:
        "The headroom less the growth that the profile expects until its horizon. Below zero the kernel "
        + "runs out before."
    ),
    Entry(
      id: "needed",
      name: "needed",
      titles: ["needed before", "needed after"],
      text:
        "What the kernel zones must hold at the horizon: today's use, its expected growth, the reserve, "
        + "and a margin."
    ),
    Entry(
      id: "possible",
      name: "could become Movable",
      titles: ["Could become Movable"],
      text: "How much more of the memory could be Movable with every node still safe."
    ),
    Entry(
      id: "excess",
      name: "too much Movable",
      titles: ["Too much Movable"],
      text:
        "How much of Movable is beyond what is safe where it is: the kernel may need it and can't have "
        + "it."
    ),
    Entry(
      id: "bad",
      name: "out of balance",
      titles: ["Out of balance"],
      text: "Hosts whose verdict is imbalanced or impossible."
    ),
    Entry(
      id: "months",
      name: "months to tight",
      titles: ["months"],
      text:
        "Months until the headroom is less than its margin, by what was measured of the host over time. "
        + ">6 means that it is not expected within 6 months, which is as far as the history tells; ? that "
        + "nothing can be told."
    ),
    Entry(
      id: "tight",
      name: "tight",
      text:
        "Having less headroom than the margin: not enough for what is expected and something beside it."
    ),
    Entry(
      id: "interval",
      name: "80 %",
      text: "An interval: one in ten comes before its beginning, one in ten behind its end."
    ),
    Entry(
      id: "imbalanced",
      name: "imbalanced",
      text: "Having no headroom left for what is expected, or a ratio that is too much."
    ),
    Entry(
      id: "margin",
      name: "margin",
      text: "What the profile wants left free beyond everything that is expected."
    ),
    Entry(
      id: "class",
      name: "class",
      titles: ["Class"],
      text: "Machines alike in architecture, memory in whole GiB, and number of nodes."
    ),
    Entry(
      id: "profile",
      name: "profile",
      text: "A workload: how its terms grow, how far ahead it looks, and how much risk it takes."
    ),
    Entry(
      id: "node",
      name: "node",
      titles: ["nodes"],
      text: "Memory and the processors that are close to it (NUMA). Each has zones of its own."
    ),
    Entry(
      id: "term",
      name: "term",
      text: "One kind of memory that the kernel zones pay for, such as page tables or slab."
    ),
  ]

  private static let byTitle: [String: Entry] = Dictionary(
    entries.flatMap { entry in ([entry.name] + entry.titles).map { ($0, entry) } },
    uniquingKeysWith: { first, _ in first }
  )

  /// What a column's head or a tile's label stands for.
  static func entry(for title: String) -> Entry? { byTitle[title] }

  /// The words of a page, in the order of the list.
  static func entries(of page: ReportPage) -> [Entry] {
    let found = Set(page.sections.flatMap(\.blocks).flatMap(titles).compactMap(entry))
    return entries.filter(found.contains)
  }

  private static func titles(_ block: ReportBlock) -> [String] {
    switch block {
    case .table(let table): table.rows.isEmpty ? [] : table.columns.map(\.title)
    case .long(let table): table.count == 0 ? [] : table.columns.map(\.title)
    case .charts(let tables): tables.flatMap { $0.columns.map(\.title) }
    case .tiles(let tiles): tiles.map(\.label)
    case .details(_, _, let blocks): blocks.flatMap(titles)
    case .index(let index): index.columns
    case .lead, .text, .note, .list, .code, .heading, .zones, .scale, .curve, .glossary: []
    }
  }
}

extension ReportPage {
  /// The page with the meaning of its words as its last section.
  var withGlossary: ReportPage {
    let entries = Glossary.entries(of: self)
    guard !entries.isEmpty else { return self }
    var page = self
    page.sections.append(
      ReportSection(id: "words", heading: "What the words mean", blocks: [.glossary(entries)])
    )
    return page
  }
}
