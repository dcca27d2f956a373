internal import SourceText

/// What is known of hosts beside what was read of them: labels, groups, and histories.
package struct HostContext: Sendable {
  package var labels: HostLabels?
  package var groupings: [HostGrouping] = []
  package var outlooks: HostOutlooks?

  package init() {}

  /// Adds it to a host's row.
  package func complete(_ row: inout HostRow) {
    guard row.failure == nil else { return }
    if let labels {
      row.labelIndex = labels.index(of: row.name)
      row.labels = row.labelIndex.map { labels.labels(at: $0) } ?? []
    }
    row.groups = groupings.map { group(of: row, by: $0) }
    if let outlooks, row.outlook == nil { row.outlook = outlooks.outlook(of: row.name) }
  }

  private func group(of row: HostRow, by grouping: HostGrouping) -> String? {
    switch grouping {
    case .pattern(let pattern): return pattern.first(in: row.name)
    case .label(let name): return row.labels.first { $0.name == name }?.value
    }
  }
}
