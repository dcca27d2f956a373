/// Hosts by a label, or by a part of their names.
package struct GroupedHosts: Sendable {
  package let grouping: HostGrouping
  package private(set) var groups: [String: CapacityGroup] = [:]
  /// Hosts that are in no group, and the first of them by name.
  package private(set) var without = CapacityGroup(name: "")
  package private(set) var examples: [String] = []

  /// Groups that are told apart; what comes later is counted as `others`.
  private static let most = 2000
  private static let mostExamples = 5

  init(_ grouping: HostGrouping) { self.grouping = grouping }

  mutating func add(_ row: HostRow, to group: String?) {
    guard let group else {
      without.add(row, asClass: false)
      if examples.count < Self.mostExamples { examples.append(row.name) }
      return
    }
    let key = groups[group] != nil || groups.count < Self.most ? group : "others"
    groups[key, default: CapacityGroup(name: key)].add(row, asClass: false)
  }
}

/// How far a table of labels and a report's hosts are about the same hosts.
package struct LabelUse: Sendable {
  /// Hosts without a line in the table, and the first of them.
  package private(set) var unlabelled = 0
  package private(set) var unlabelledExamples: [String] = []
  private var isSeen: [Bool]
  private let labels: HostLabels

  private static let mostExamples = 5

  init(_ labels: HostLabels) {
    self.labels = labels
    isSeen = [Bool](repeating: false, count: labels.count)
  }

  mutating func add(_ row: HostRow) {
    guard let index = row.labelIndex else {
      unlabelled += row.machines
      if unlabelledExamples.count < Self.mostExamples { unlabelledExamples.append(row.name) }
      return
    }
    isSeen[index] = true
  }

  package var file: String { labels.file }
  /// Lines of the table whose host the report does not have.
  package var unused: Int { isSeen.count { !$0 } }
  package var unusedExamples: [String] {
    isSeen.indices.lazy.filter { !isSeen[$0] }.prefix(Self.mostExamples).map { labels.host($0) }
  }
}
