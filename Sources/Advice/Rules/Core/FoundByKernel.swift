/// The findings of a class under several kernels, each told once with the kernels that it holds for.
package struct FoundByKernel: Sendable {
  private struct Key: Hashable, Sendable {
    /// Without its amounts, which may differ from kernel to kernel.
    var risk: FindingRisk
    var place: FindingPlace?
    /// How many like it came before under the same kernel.
    var number: Int
  }

  /// A finding, with the releases under which it is there.
  package struct Entry: Sendable {
    package var finding: Finding
    package var kernels: [String]
  }

  /// The releases, nil for one that is not known.
  package let all: [String?]
  private var keys: [Key] = []
  private var entries: [Key: Entry] = [:]
  private var remedies: [Key: [(kernel: String?, remedy: Remedy)]] = [:]

  package init(kernels: [String?]) { all = kernels }

  /// Adds what one kernel gives; the worst of several severities counts.
  package mutating func add(_ findings: [Finding], kernel: String?) {
    var numbers: [Key: Int] = [:]
    for finding in findings {
      var key = Key(risk: finding.risk, place: finding.place, number: 0)
      let number = numbers[key] ?? 0
      numbers[key] = number + 1
      key.number = number
      remedies[key, default: []].append((kernel, finding.cure))
      guard var entry = entries[key] else {
        keys.append(key)
        entries[key] = Entry(finding: finding, kernels: kernel.map { [$0] } ?? [])
        continue
      }
      if finding.severity > entry.finding.severity { entry.finding = finding }
      if let kernel { entry.kernels.append(kernel) }
      entries[key] = entry
    }
  }

  /// In the order in which they were found first, each with what cures it on all kernels.
  package var found: [Entry] {
    keys.compactMap { key in
      guard var entry = entries[key], let cures = remedies[key], let first = cures.first else {
        return nil
      }
      var shared: Remedy? = first.remedy
      for cure in cures.dropFirst() { shared = shared.flatMap { $0.shared(with: cure.remedy) } }
      let isPart = cures.count < all.count
      if let shared, !isPart || !shared.removesArguments {
        if shared != entry.finding.cure { entry.finding.decide(shared) }
      } else {
        entry.finding.decide(Self.apart(cures))
      }
      return entry
    }
  }

  /// What one command line can't do.
  private static func apart(_ cures: [(kernel: String?, remedy: Remedy)]) -> Remedy {
    var texts: [(text: String, kernels: [String])] = []
    for cure in cures {
      if let index = texts.firstIndex(where: { $0.text == cure.remedy.text }) {
        texts[index].kernels += [cure.kernel].compactMap(\.self)
      } else {
        texts.append((cure.remedy.text, [cure.kernel].compactMap(\.self)))
      }
    }
    let told = texts.map { "\($0.text) (\($0.kernels.joined(separator: ", ")))" }
    return .action(
      "\(told.joined(separator: "; ")): the other kernels of the class take it otherwise, so give "
        + "these a class of their own"
    )
  }
}
