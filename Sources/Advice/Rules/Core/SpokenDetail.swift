package import HostModel

/// What a rule saw, in words only: what is left to give details of their own.
package struct SpokenDetail: FindingDetail {
  var severity: Finding.Severity
  var words: FindingWords

  private static let units: Set<Substring> = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "%"]

  package var kind: String {
    words.message.split(separator: " ").filter { word in
      !word.utf8.contains { (0x30...0x39).contains($0) } && !Self.units.contains(word)
    }.joined(separator: " ")
  }
  package var amounts: FindingAmounts { [:] }
}

extension Rule where Detail == SpokenDetail {
  package static func severity(of detail: SpokenDetail) -> Finding.Severity { detail.severity }
  package static func words(for detail: SpokenDetail) -> FindingWords { detail.words }
}

extension Finding {
  package init<R: Rule>(
    _ rule: R.Type,
    _ severity: Severity,
    node: NodeID? = nil,
    message: String,
    evidence: [String],
    remedy: String? = nil,
    location: FindingPlace? = nil
  ) where R.Detail == SpokenDetail {
    self.init(
      rule,
      SpokenDetail(severity: severity, words: FindingWords(message, remedy: remedy)),
      on: node.map { .node($0) } ?? .host,
      at: location,
      evidence: evidence.map { Evidence($0) }
    )
  }
}
