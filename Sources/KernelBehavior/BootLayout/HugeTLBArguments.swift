package import HostModel
package import KernelText

/// `default_hugepagesz=`, `hugepagesz=` and `hugepages=` as the kernel takes them from its command
/// line: in their order, each count for the size in front of it.
///
/// mm/hugetlb.c, `hugepagesz_setup`, `default_hugepagesz_setup`, `hugepages_setup`; so since 5.8. A
/// count may be given node by node since 5.16 (`hugepages=0:2,1:4`).
package struct HugeTLBArguments: Hashable, Sendable {
  /// Pages that are asked for.
  package struct Pool: Hashable, Sendable {
    package var size: ByteCount
    /// Nil spreads them over the nodes.
    package var node: NodeID?
    package var count: UInt64

    package init(size: ByteCount, node: NodeID?, count: UInt64) {
      self.size = size
      self.node = node
      self.count = count
    }
  }

  /// Why a word comes to nothing.
  package enum Fault: Hashable, Sendable {
    /// No size, or not one that a page can have.
    case noSuchSize
    /// The size was given before.
    case sizeTwice
    /// Of several default sizes the first one counts.
    case defaultTwice
    /// The size in front of it was refused.
    case countWithoutSize
    /// Another count stands between it and its size: it is dropped, and the size has that one.
    case countTwice(of: ByteCount)
    case noCount
    /// No count follows a size. Whether a count on the line was dropped, or stands in front of all
    /// sizes.
    case sizeWithoutCount(isCountLost: Bool)
  }

  package struct Word: Hashable, Sendable {
    package var argument: KernelArgument
    /// The size that it gives or counts pages of; nil where it does neither.
    package var size: ByteCount?
    package var isCount: Bool
    package var fault: Fault?
  }

  package private(set) var words: [Word] = []
  package private(set) var pools: [Pool] = []

  // What the kernel keeps while it reads.
  private var defaultSize: ByteCount
  private var chosenDefault: ByteCount?
  private var sizes: Set<ByteCount> = []
  /// The size that a count belongs to; nil before any size was given.
  private var current: ByteCount?
  private var isSizeValid = true
  /// Whether a count stands in front of all sizes.
  private var hasCountInFront = false
  private var counted: Set<ByteCount> = []
  /// What the last count was for; nil before there was one.
  private var last: Target?

  /// Sizes that pages can have; nil for any.
  private let valid: Set<ByteCount>?

  private enum Target: Hashable {
    case standard
    case size(ByteCount)
  }

  /// - Parameters:
  ///   - arguments: The words of a command line.
  ///   - defaultSize: The size of a huge page where nothing else is said.
  ///   - valid: Those that pages can have where the kernel runs; nil for any.
  package init(
    _ arguments: [KernelArgument],
    defaultSize: ByteCount,
    sizes valid: Set<ByteCount>? = nil
  ) {
    self.defaultSize = defaultSize
    self.valid = valid
    // A count in front of all sizes is for the default size, wherever that is given.
    let chosen = arguments.first { $0.normalizedName == "default_hugepagesz" }
    self.defaultSize = chosen?.value.flatMap(size) ?? defaultSize
    for argument in arguments {
      switch argument.normalizedName {
      case "default_hugepagesz": readDefault(argument)
      case "hugepagesz": readSize(argument)
      case "hugepages": readCount(argument)
      default: continue
      }
    }
    findSizesWithoutCount()
  }

  private mutating func readDefault(_ argument: KernelArgument) {
    isSizeValid = false
    guard chosenDefault == nil else { return add(argument, fault: .defaultTwice) }
    guard let size = argument.value.flatMap(size) else {
      return add(argument, fault: .noSuchSize)
    }
    if sizes.insert(size).inserted { current = size }
    isSizeValid = true
    chosenDefault = size
    if last == .standard { counted.insert(size) }
    add(argument, size: size)
  }

  private mutating func readSize(_ argument: KernelArgument) {
    isSizeValid = false
    guard let size = argument.value.flatMap(size) else {
      return add(argument, fault: .noSuchSize)
    }
    let isDefault = size == chosenDefault && !counted.contains(size)
    guard !sizes.contains(size) || isDefault else {
      return add(argument, size: size, fault: .sizeTwice)
    }
    sizes.insert(size)
    current = size
    isSizeValid = true
    add(argument, size: size)
  }

  private mutating func readCount(_ argument: KernelArgument) {
    guard isSizeValid else {
      isSizeValid = true
      return add(argument, isCount: true, fault: .countWithoutSize)
    }
    if current == nil { hasCountInFront = true }
    let size = current ?? defaultSize
    let target = current.map { Target.size($0) } ?? .standard
    guard target != last else {
      return add(argument, size: size, isCount: true, fault: .countTwice(of: size))
    }
    guard let found = Self.counts(argument.value ?? "", size: size) else {
      return add(argument, size: size, isCount: true, fault: .noCount)
    }
    last = target
    counted.insert(size)
    pools.removeAll { $0.size == size }
    pools += found.filter { $0.count > 0 }
    add(argument, size: size, isCount: true)
  }

  private mutating func findSizesWithoutCount() {
    guard words.contains(where: \.isCount) else { return }
    // A count in front of all sizes may be meant for one of them: sorters put it there.
    let isLost = hasCountInFront || words.contains { $0.isCount && $0.fault != nil }
    for index in words.indices where !words[index].isCount && words[index].fault == nil {
      guard words[index].argument.normalizedName == "hugepagesz", let size = words[index].size,
        !counted.contains(size)
      else { continue }
      words[index].fault = .sizeWithoutCount(isCountLost: isLost)
    }
  }

  private mutating func add(
    _ argument: KernelArgument,
    size: ByteCount? = nil,
    isCount: Bool = false,
    fault: Fault? = nil
  ) {
    words.append(Word(argument: argument, size: size, isCount: isCount, fault: fault))
  }

  /// Nil for what is no count.
  private static func counts(_ value: String, size: ByteCount) -> [Pool]? {
    if let count = UInt64(value) { return [Pool(size: size, node: nil, count: count)] }
    let pools = value.split(separator: ",").compactMap { part -> Pool? in
      let pair = part.split(separator: ":")
      guard pair.count == 2, let node = UInt32(pair[0]), let count = UInt64(pair[1]) else {
        return nil
      }
      return Pool(size: size, node: NodeID(node), count: count)
    }
    return pools.isEmpty ? nil : pools
  }

  /// `2M`, `1G`: powers of two, larger than a page, and a size that pages have.
  private func size(_ text: String) -> ByteCount? {
    KernelFormat<ByteCount>.memparse.parse(text).flatMap {
      $0.count.nonzeroBitCount == 1 && $0 > .kibibytes(4) && valid?.contains($0) != false
        ? $0 : nil
    }
  }
}

extension HugeTLBArguments {
  /// Whether the kernel leaves gigantic pages of the command line unmade: `hugetlb_cma=` is to give
  /// them at run time (`hugetlb_hstate_alloc_pages`).
  package static func leavesGiganticPages(
    _ arguments: [KernelArgument],
    kernel: Kernel
  ) -> Bool {
    func last(_ name: String) -> String? {
      arguments.last { $0.normalizedName == name }?.value
    }
    guard let area = last("hugetlb_cma"), area.contains(where: { ("1"..."9").contains($0) }),
      kernel.hasOrAssumed(.hugeTLBAreaInsteadOfBootPages)
    else { return false }
    let isExclusive = last("hugetlb_cma_only").map { "1yYtT".contains($0.prefix(1)) } ?? false
    return !(isExclusive && kernel.hasOrAssumed(.bootPagesOutOfHugeTLBArea))
  }
}
