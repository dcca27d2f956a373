internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Profiles

extension ZonePicture {
  /// The nodes of a host as they stand.
  init(_ nodes: [CurrentBalance.Node], caption: String) {
    self.init(caption: caption, rows: Self.rows(nodes))
  }

  static func rows(_ nodes: [CurrentBalance.Node]) -> [Row] {
    let largest = nodes.map { $0.kernel + $0.movable }.max() ?? .zero
    return nodes.map { node in
      Row(
        label: "node \(node.node)",
        kernel: node.kernel,
        kernelFree: node.freeKernel.value,
        movable: node.movable,
        movableFree: node.freeMovable.value,
        largest: largest,
        suffix: "; \(node.verdict.rawValue)"
      )
    }
  }

  /// The nodes of a layout that was predicted.
  init(_ layout: BootLayout, pageSize: PageSize, caption: String) {
    let sizes = layout.nodes.map {
      ($0, $0.kernelPages.bytes(of: pageSize), $0.movablePages.bytes(of: pageSize))
    }
    let largest = sizes.map { $0.1 + $0.2 }.max() ?? .zero
    self.init(
      caption: caption,
      rows: sizes.map { node, kernel, movable in
        Row(
          label: "node \(node.id)",
          kernel: kernel,
          kernelFree: kernel,
          movable: movable,
          movableFree: movable,
          largest: largest,
          isPlan: true
        )
      },
      isPlan: true
    )
  }
}

extension ZonePicture.Row {
  init(
    label: String,
    kernel: ByteCount,
    kernelFree: ByteCount?,
    movable: ByteCount,
    movableFree: ByteCount?,
    largest: ByteCount,
    suffix: String = "",
    isPlan: Bool = false
  ) {
    let total = max(1, (kernel + movable).count)
    func thousandths(_ size: ByteCount, of whole: UInt64) -> Int {
      Int(ByteCount(1000).scaled(by: size.count, over: max(1, whole)).count)
    }
    func part(_ name: String, _ size: ByteCount, _ free: ByteCount?) -> String {
      guard size > 0 else { return "no \(name) memory" }
      if isPlan { return "\(name) \(size.text)" }
      return "\(name) \(size.text), \(free.map { "\(min($0, size).text) free" } ?? "free unknown")"
    }
    self.label = label
    length = max(20, thousandths(kernel + movable, of: largest.count))
    let kernelEnd = movable == .zero ? 1000 : thousandths(kernel, of: total)
    self.kernelFree = min(kernelEnd, thousandths(min(kernelFree ?? .zero, kernel), of: total))
    kernelUsed = kernelEnd - self.kernelFree
    let movableFree = min(movableFree ?? .zero, movable)
    self.movableFree = min(1000 - kernelEnd, thousandths(movableFree, of: total))
    movableUsed = 1000 - kernelEnd - self.movableFree
    kernelText = part("kernel", kernel, kernelFree)
    movableText = part("Movable", movable, movableFree)
    text = "\(label): \(kernelText); \(movableText)\(suffix)"
  }
}

extension RatioScale {
  /// A host's ratio between nothing and half again as much as the profile's upper limit.
  init(_ ratio: MovableRatio, limits: Profile.Limits) {
    let fine = limits.fine.number ?? 3
    let warning = max(limits.warning.number ?? 4, fine)
    let end = max(warning * 1.5, 0.1)
    func place(_ value: Double) -> Int { Int(min(1, max(0, value / end)) * 1000) }
    self.fine = place(fine)
    self.warning = place(warning)
    mark = ratio.number.map(place) ?? 1000
    fineText = "\(limits.fine)"
    warningText = "\(limits.warning)"
    markText = ratio.number == nil || ratio.movable > 0 ? "\(ratio)" : "no Movable"
    text =
      "Movable to kernel memory is \(markText); fine up to \(fineText), too much above "
      + "\(warningText)"
  }
}
