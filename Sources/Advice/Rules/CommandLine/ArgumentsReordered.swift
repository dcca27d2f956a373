package import HostModel
internal import KernelBehavior
internal import KernelText

/// ZW306: what writes the command line puts its arguments in another order.
package enum ArgumentsReordered: ArgumentRule {
  package static let about = RuleDescription(
    code: "ZW306",
    slug: "arguments-reordered",
    title: "These arguments reach the kernel in another order",
    causes: ["hugepages", "hugepagesz"],
    why: """
      A hugepages= counts pages of the size in front of it. Talos and its Image Factory, maps in \
      Terraform and the settings of Bottlerocket keep arguments by name: they come out sorted, or with \
      all values of a name together, and counts belong to other sizes then, or to none.
      """,
    observes: "the order of hugepagesz= and hugepages= in files that a generator reads",
    severity: .warning,
    remedy: "give one pair here, and the other pages at run time: vm.nr_hugepages or sysfs",
    reference: "mm/hugetlb.c, hugepages_setup; talos pkg/machinery/kernel, procfs.Cmdline"
  )

  package struct Detail: FindingDetail {
    package var argument: String
    package var generator: String
    /// The size that the count is for as written; nil for the default size.
    package var meant: ByteCount?
    /// What it is for when the kernel reads it; nil where the kernel ignores it, or it may be anything.
    package var read: ByteCount?

    package var kind: String { argument }
    package var amounts: FindingAmounts {
      ["meant": meant.map { .bytes($0) }, "read": read.map { .bytes($0) }]
    }
  }

  package static func severity(of detail: Detail) -> Finding.Severity { .warning }

  package static func words(for detail: Detail) -> FindingText {
    let meant = detail.meant.map { "pages of \($0.text)" } ?? "pages of the default size"
    let read = detail.read.map { "counts pages of \($0.text)" } ?? "is ignored"
    return FindingText(
      "\(detail.argument) is meant for \(meant); \(detail.generator) keeps arguments by name, and in "
        + "its order it \(read)"
    )
  }

  package static func remedy(for detail: Detail) -> Remedy { .action(about.remedy) }

  package static func findings(in line: ArgumentContext) -> [Finding] {
    guard let generator = line.order.generator else { return [] }
    let written = counts(of: line.words)
    guard !written.isEmpty else { return [] }
    let orders = line.order.orders(of: line.words).map(counts)
    return written.compactMap { count in
      let reads = orders.map { order in
        order.first { $0.argument.range == count.argument.range }
      }
      guard let other = reads.first(where: { $0?.size != count.size || $0?.fault != nil }) else {
        return nil
      }
      return line.finding(
        of: Self.self,
        Detail(
          argument: count.argument.asWritten,
          generator: generator,
          meant: count.size,
          read: other?.fault == nil ? other?.size : nil
        ),
        count.argument
      )
    }
  }

  /// The counts that the kernel takes, each with its size.
  private static func counts(of words: [KernelArgument]) -> [HugeTLBArguments.Word] {
    HugeTLBArguments(words, defaultSize: .mebibytes(2)).words.filter {
      $0.isCount && $0.argument.value != "0"
    }
  }
}
