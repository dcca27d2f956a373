/// A rule and what it saw, kept together so that one never meets the other's kind.
struct FindingContent: Hashable, Sendable {
  private let seen: any SeenByRule

  init<R: Rule>(_ rule: R.Type, _ detail: R.Detail) { seen = Seen<R>(own: detail) }

  var rule: any Rule.Type { seen.rule }
  var detail: any FindingDetail { seen.detail }
  var words: FindingText { seen.words }
  var remedy: Remedy { seen.remedy }

  static func == (left: Self, right: Self) -> Bool { left.seen.isEqual(to: right.seen) }

  func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(seen.rule))
    seen.detail.hash(into: &hasher)
  }
}

private protocol SeenByRule: Sendable {
  var rule: any Rule.Type { get }
  var detail: any FindingDetail { get }
  var words: FindingText { get }
  var remedy: Remedy { get }
  func isEqual(to other: any SeenByRule) -> Bool
}

private struct Seen<R: Rule>: SeenByRule {
  let own: R.Detail

  var rule: any Rule.Type { R.self }
  var detail: any FindingDetail { own }
  var words: FindingText { R.words(for: own) }
  var remedy: Remedy { R.remedy(for: own) }

  func isEqual(to other: any SeenByRule) -> Bool { (other as? Self)?.own == own }
}
