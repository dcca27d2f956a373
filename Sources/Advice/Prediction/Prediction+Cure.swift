internal import HostModel
internal import KernelBehavior
internal import KernelText
package import Profiles

extension Prediction {
  /// Names the argument that leaves every node its part, where a finding asks for another division.
  ///
  /// Of the machine only its memory is known here: its limits decide, not what runs there.
  ///
  /// - Complexity: A search over the sizes of the layout, where there is such a finding.
  package mutating func decideLayouts(_ limits: Profile.Limits = Profile.Limits()) {
    let asking = findings.filter(\.asksForLayout)
    guard !asking.isEmpty else { return }
    let cure = cure(of: asking, limits)
    findings = findings.map { finding in
      guard finding.asksForLayout else { return finding }
      var finding = finding
      let words = finding.remedy
      finding.decide(
        cure.map { .change($0, note: words) }
          ?? .action("\(words); no size does that here: zonewise advise tells what is needed")
      )
      return finding
    }
  }

  private func cure(of findings: [Finding], _ limits: Profile.Limits) -> [Change]? {
    var search = LayoutSearch(
      map: inputs.map,
      kernel: inputs.kernel,
      block: blockSize?.pages(of: pageSize)
    )
    let found = try? search.largestMovable(keeping: bounds(limits), atMost: layout.movablePages)
    guard let found else { return nil }
    let names = ZoneArgumentWord.Name.allCases.map(\.rawValue)
    let words = KernelCommandLineText.arguments(commandLine)
    let going = names.filter { name in
      name != "kernelcore" && words.contains { $0.normalizedName == name }
    }
    var line = words.filter { !names.contains($0.normalizedName) }.map(\.text)
    line.append(found.argument)
    let then = try? Prediction(
      inputs,
      source: source,
      asked: line.joined(separator: " "),
      blockSize: blockSize
    )
    let risks = Set(findings.map(\.risk))
    guard let then,
      !then.findings.contains(where: { risks.contains($0.risk) || $0.severity == .error })
    else { return nil }
    return [.set(word: found.argument)] + going.map { .remove(argument: $0) }
  }

  /// What the limits leave to the kernel: of each node with cpus, and of all.
  private func bounds(_ limits: Profile.Limits) -> LayoutSearch.Bounds {
    func share(_ pages: PageCount) -> PageCount {
      let whole = limits.fine.movable + limits.fine.kernel
      let part = pages.scaled(by: limits.fine.kernel, over: max(1, whole))
      return min(pages, max(part, limits.minimumKernelPerNode.pages(of: pageSize)))
    }
    let nodes = layout.nodes.filter { !inputs.memoryOnlyNodes.contains($0.id) }
    return LayoutSearch.Bounds(
      nodes: Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, share($0.pages)) }),
      host: share(inputs.map.totalPages)
    )
  }
}
