/// Where a snapshot came from.
package struct SourceDescription: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case live
    case directory
    case archive
    case snapshot
    case bootLog = "boot-log"
    case spec
  }

  package var kind: Kind
  /// As the user gave it; empty for the live host.
  package var path: String

  package init(kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }
}
