/// A path that a check came by, and what it is taken for.
package struct LookedFile: Hashable, Sendable {
  package var path: String
  /// In people's words: a format's title, or why it is left alone.
  package var kind: String
  package var isRead: Bool

  package init(_ path: String, read kind: String) {
    self.path = path
    self.kind = kind
    isRead = true
  }

  package init(_ path: String, left kind: String) {
    self.path = path
    self.kind = kind
    isRead = false
  }
}
