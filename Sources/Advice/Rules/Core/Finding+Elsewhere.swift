package import HostModel

extension Finding {
  /// What a rule saw in another place of the host.
  package struct Elsewhere: Hashable, Sendable {
    /// Nil for the host as a whole.
    package var node: NodeID?
    package var amounts: FindingAmounts
    /// What tells it apart; nil where that is the same.
    var figure: FindingAmounts.Amount?
  }

  /// The other places, as the end of a sentence.
  var elsewhereText: String {
    guard !elsewhere.isEmpty else { return "" }
    let places = elsewhere.map { place in
      (place.node.map { "node \($0)" } ?? "the host") + (place.figure.map { " (\($0.text))" } ?? "")
    }
    return "; also "
      + (places.dropLast(2) + [places.suffix(2).joined(separator: " and ")])
      .joined(separator: ", ")
  }

  /// Whether another finding has the same cause, seen in another place of the same host.
  fileprivate func hasCause(of other: Finding) -> Bool {
    isPlaceOnHost && other.isPlaceOnHost && code == other.code && place == other.place
      && detail.kind == other.detail.kind
  }

  private var isPlaceOnHost: Bool {
    switch subject {
    case .host, .node: true
    case .nodes, .device, .block, .argument, .machineClass, .file: false
    }
  }

  /// Takes in what has the same cause; this one is the worst of them, or the first.
  fileprivate mutating func take(_ other: Finding) {
    let isSame = other.detail.figure == detail.figure
    elsewhere.append(
      Elsewhere(
        node: other.subject.node,
        amounts: other.amounts,
        figure: isSame ? nil : other.detail.figure
      )
    )
    let nodes = Set(subject.nodes + other.subject.nodes).sorted()
    let isWhole = elsewhere.contains { $0.node == nil } || subject == .host
    subject = isWhole ? .host : .nodes(nodes)
    for line in other.evidence where !evidence.contains(line) { evidence.append(line) }
  }
}

extension [Finding] {
  /// One finding for each cause: what a rule says of several nodes of a host is said once, of the
  /// worst of them, and the others are named.
  package var onePerCause: [Finding] {
    var groups: [[Finding]] = []
    for finding in self {
      let index = groups.firstIndex { group in
        // A second one about the same place has another cause.
        group[0].hasCause(of: finding) && !group.contains { $0.subject == finding.subject }
      }
      if let index {
        groups[index].append(finding)
      } else {
        groups.append([finding])
      }
    }
    return groups.map { group in
      guard group.count > 1 else { return group }
      let worst = group.map(\.severity).max()
      // Where the host as a whole is no better, it is what is told.
      let first =
        group.firstIndex { $0.severity == worst && $0.subject == .host }
        ?? group.firstIndex { $0.severity == worst } ?? group.startIndex
      var merged = group[first]
      for (index, other) in group.enumerated() where index != first { merged.take(other) }
      return [merged]
    }
    .flatMap(\.self)
  }
}
