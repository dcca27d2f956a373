/// What the name of an archive tells, for walks over folders that hold many of others.
enum ArchiveName {
  case capture
  /// It may be one: only its entries tell.
  case unknown
  /// A packed page of a manual, a font, a package.
  case other

  init(_ path: String) {
    let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
      .lowercased()
    if Self.telling.contains(where: { name.contains($0) }) {
      self = .capture
    } else if Self.suffixes.contains(where: { name.hasSuffix($0) }) || name.contains(".tar.") {
      self = .unknown
    } else {
      self = .other
    }
  }

  private static let telling = [
    "sosreport", "supportconfig", "scc_", "nts_", "zonewise", "capture", "must-gather", "snapshot",
    "zoneinfo", "bundle",
  ]

  private static let suffixes = [
    ".tar", ".tgz", ".txz", ".tbz", ".tbz2", ".tzst", ".json.gz", ".json.zst", ".json.xz",
    ".ndjson.gz", ".ndjson.zst", ".ndjson.xz", ".jsonl.gz", ".jsonl.zst", ".jsonl.xz",
  ]
}
