/// The findings of a class under several kernels, each told once with the kernels that it holds for.
package struct FoundByKernel {
  private struct Key: Hashable {
    /// Without its amounts, which may differ from kernel to kernel.
    var risk: FindingRisk
    var place: FindingPlace?
    /// How many like it came before under the same kernel.
    var number: Int
  }

  /// A finding, with the releases under which it is there.
  package struct Entry {
    package var finding: Finding
    package var kernels: [String]
  }

  /// The releases, nil for one that is not known.
  package let all: [String?]
  private var keys: [Key] = []
  private var entries: [Key: Entry] = [:]

  package init(kernels: [String?]) { all = kernels }

  /// Adds what one kernel gives; the worst of several severities counts.
  package mutating func add(_ findings: [Finding], kernel: String?) {
    var numbers: [Key: Int] = [:]
    for finding in findings {
      var key = Key(risk: finding.risk, place: finding.place, number: 0)
      let number = numbers[key] ?? 0
      numbers[key] = number + 1
      key.number = number
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

  /// In the order in which they were found first.
  package var found: [Entry] { keys.compactMap { entries[$0] } }
}
