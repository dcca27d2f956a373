internal import Advice
internal import HostModel

/// The findings of a class under several kernels, each told once with the kernels that it holds for.
struct FoundByKernel {
  private struct Key: Hashable {
    /// Without its amounts, which may differ from kernel to kernel.
    var risk: FindingRisk
    var place: FindingPlace?
    /// How many like it came before under the same kernel.
    var number: Int
  }

  private struct Entry {
    var finding: Finding
    var kernels: [String]
  }

  private let all: [String?]
  private var keys: [Key] = []
  private var entries: [Key: Entry] = [:]

  init(kernels: [String?]) { all = kernels }

  /// Adds what one kernel gives; the worst of several severities counts.
  mutating func add(_ findings: [Finding], kernel: String?) {
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

  /// Worst first; kernels are named where it is not all of them.
  func placed(by placer: FindingPlacer) -> [CheckFinding] {
    let ordered = keys.compactMap { entries[$0] }.worstFirst(\.finding.severity)
    return zip(placer.place(ordered.map(\.finding)), ordered).map { placed, entry in
      var placed = placed
      if entry.kernels.count < all.count { placed.kernels = entry.kernels }
      return placed
    }
  }
}
