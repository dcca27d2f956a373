/// Memory that must be contiguous, or that must stay where it is: something that has to be had
/// whatever else becomes of a machine's memory.
package struct MemoryNeed: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// HugeTLB pages of one size, those that are there already among them.
    case hugePages(size: ByteCount, count: UInt64)
    /// A CMA area for devices.
    case area(ByteCount)
    /// Memory that is pinned for long, beside HugeTLB pages.
    case pinned(ByteCount)
  }

  package var kind: Kind
  /// Where; nil for anywhere.
  package var node: NodeID?

  package init(_ kind: Kind, on node: NodeID? = nil) {
    self.kind = kind
    self.node = node
  }

  /// All of it.
  package var bytes: ByteCount {
    switch kind {
    case .hugePages(let size, let count): size * count
    case .area(let size), .pinned(let size): size
    }
  }

  /// The word for its kind.
  package var name: String {
    switch kind {
    case .hugePages: "hugetlb"
    case .area: "cma"
    case .pinned: "pin"
    }
  }

  /// What of it stands in front of `@`, and the node.
  package var text: String {
    let place = node.map { "@\($0)" } ?? ""
    switch kind {
    case .hugePages(let size, let count): return "hugetlb:\(size.exactText)=\(count)\(place)"
    case .area(let size): return "cma=\(size.exactText)\(place)"
    case .pinned(let size): return "pin=\(size.exactText)\(place)"
    }
  }

  /// Whether two say how much there has to be of the same.
  package func isAboutTheSame(as other: MemoryNeed) -> Bool {
    switch (kind, other.kind) {
    case (.hugePages(let size, _), .hugePages(let otherSize, _)): size == otherSize
    case (.area, .area), (.pinned, .pinned): true
    default: false
    }
  }
}

extension MemoryNeed {
  /// What is wrong with the text of a need, with what to write instead.
  package enum Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownKind(String)
    case noAmount(String)
    case badSize(String)
    case badPageSize(String)
    case badCount(String)
    case badNode(String)
    case asksForNothing(String)
    case tooMuch(String)
    /// Two needs for the same on the same node.
    case twice(MemoryNeed)
    /// One for all nodes and one for a node.
    case onceForAll(MemoryNeed)

    package var description: String {
      switch self {
      case .unknownKind(let text):
        "'\(text)' is no need: write hugetlb:SIZE=COUNT, cma=SIZE or pin=SIZE, with @NODE behind it for "
          + "one node, as in hugetlb:1GiB=32@0"
      case .noAmount(let text): "'\(text)' lacks its amount: write it behind =, as in cma=2GiB"
      case .badSize(let text): "'\(text)' is no size: write it as 512MiB or 64GiB"
      case .badPageSize(let text):
        "'\(text)' is no size of a huge page: those are powers of two such as 2MiB and 1GiB"
      case .badCount(let text):
        "'\(text)' is no number of pages: hugetlb takes a count, as in hugetlb:1GiB=32"
      case .badNode(let text): "'\(text)' is no node: write its number, 0 to 1023, behind @"
      case .asksForNothing(let text): "'\(text)' asks for nothing: leave it out"
      case .tooMuch(let text): "'\(text)' is more than 1 PiB: no machine has that"
      case .twice(let need):
        "\(need.text): the same is asked for twice\(need.node.map { " on node \($0)" } ?? ""); give it "
          + "once, with all that is needed"
      case .onceForAll(let need):
        "\(need.text): the same is asked for on one node and on any; give each node its own, or all "
          + "nodes together one"
      }
    }
  }

  /// Reads `hugetlb:1GiB=32@0`, `cma=2GiB`, `pin=64GiB@1`.
  package init(text: String) throws(Mistake) {
    let places = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = places[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard ["hugetlb", "cma", "pin"].contains(name[0]), name[0] == "hugetlb" || name.count == 1
    else { throw .unknownKind(text) }
    guard parts.count == 2, !parts[1].isEmpty else { throw .noAmount(text) }
    let amount = String(parts[1])
    var node: NodeID?
    if places.count == 2 {
      guard let number = UInt32(places[1]), number < 1024 else { throw .badNode(String(places[1])) }
      node = NodeID(number)
    }
    if name[0] == "hugetlb" {
      let sizeText = name.count == 2 ? String(name[1]) : ""
      guard let size = ByteCount(text: sizeText), size.count.nonzeroBitCount == 1,
        size > .kibibytes(4)
      else { throw .badPageSize(sizeText) }
      guard let count = UInt64(amount) else { throw .badCount(amount) }
      guard count > 0 else { throw .asksForNothing(text) }
      guard count <= (ByteCount.gibibytes(1 << 20).count / size.count) else { throw .tooMuch(text) }
      self.init(.hugePages(size: size, count: count), on: node)
      return
    }
    guard let size = ByteCount(text: amount) else { throw .badSize(amount) }
    guard size > .zero else { throw .asksForNothing(text) }
    guard size <= .gibibytes(1 << 20) else { throw .tooMuch(text) }
    self.init(name[0] == "cma" ? .area(size) : .pinned(size), on: node)
  }

  /// Refuses needs that contradict one another.
  package static func check(_ needs: [MemoryNeed]) throws(Mistake) {
    for (index, need) in needs.enumerated() {
      for earlier in needs[..<index] where need.isAboutTheSame(as: earlier) {
        if need.node == earlier.node { throw .twice(need) }
        if need.node == nil || earlier.node == nil { throw .onceForAll(need) }
      }
    }
  }

  /// The needs of several places, the one that counts most first: what an earlier one says of the
  /// same a later one doesn't change.
  package static func merged(_ lists: [[MemoryNeed]]) -> [MemoryNeed] {
    var all: [MemoryNeed] = []
    for list in lists {
      let earlier = all
      all += list.filter { need in !earlier.contains { need.isAboutTheSame(as: $0) } }
    }
    return all
  }
}
