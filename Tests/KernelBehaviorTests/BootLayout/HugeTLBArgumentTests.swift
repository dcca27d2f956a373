internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Testing

/// Lines as mm/hugetlb.c of 6.12 takes them on x86-64, and what it prints about them.
@Suite("HugeTLB pages on the command line")
struct HugeTLBArgumentTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    /// `count×MiB`, with `@node` where one is named.
    var pools: String
    /// Words that come to nothing.
    var lost: String

    var testDescription: String { text }
  }

  static let lines = [
    Line(text: "hugepages=8", pools: "8×2", lost: ""),
    Line(
      text: "hugepagesz=1G hugepages=4 hugepagesz=2M hugepages=16",
      pools: "4×1024 16×2",
      lost: ""
    ),
    // As a sorter of words writes it.
    Line(
      text: "hugepagesz=1G hugepagesz=2M hugepages=4 hugepages=16",
      pools: "4×2",
      lost: "hugepagesz=1G hugepages=16"
    ),
    Line(text: "default_hugepagesz=1G hugepagesz=1G hugepages=3", pools: "3×1024", lost: ""),
    // A count in front of all sizes is for the default size, wherever that stands.
    Line(text: "hugepages=3 default_hugepagesz=1G", pools: "3×1024", lost: ""),
    Line(text: "hugepages=3 hugepages=5", pools: "3×2", lost: "hugepages=5"),
    Line(
      text: "hugepagesz=2M hugepages=3 hugepagesz=2M hugepages=5",
      pools: "3×2",
      lost: "hugepagesz=2M hugepages=5"
    ),
    Line(text: "hugepagesz=3M hugepages=5", pools: "", lost: "hugepagesz=3M hugepages=5"),
    Line(
      text: "default_hugepagesz=1G default_hugepagesz=2M hugepages=5",
      pools: "",
      lost: "default_hugepagesz=2M hugepages=5"
    ),
    Line(text: "hugepagesz=1G hugepages=0:2,1:1", pools: "2×1024@0 1×1024@1", lost: ""),
    Line(text: "hugepagesz=1G hugepages=many", pools: "", lost: "hugepagesz=1G hugepages=many"),
    Line(text: "hugepagesz=1G hugepages=0", pools: "", lost: ""),
    Line(text: "default_hugepagesz=1G quiet", pools: "", lost: ""),
  ]

  @Test("Each count goes to the size in front of it, once", arguments: lines)
  func pools(line: Line) {
    let arguments = HugeTLBArguments(
      KernelCommandLineText.arguments(line.text),
      defaultSize: .mebibytes(2)
    )
    let pools = arguments.pools.map { pool in
      "\(pool.count)×\(pool.size.count >> 20)" + (pool.node.map { "@\($0)" } ?? "")
    }
    #expect(pools.joined(separator: " ") == line.pools)
    let lost = arguments.words.filter { $0.fault != nil }.map(\.argument.text)
    #expect(lost.joined(separator: " ") == line.lost)
  }

  @Test("a count behind a size that the kernel lacks is a count all the same")
  func countWithoutSize() {
    let words = HugeTLBArguments(
      KernelCommandLineText.arguments("hugepagesz=3M hugepages=5"),
      defaultSize: .mebibytes(2)
    ).words
    #expect(words.map(\.isCount) == [false, true])
  }
}
