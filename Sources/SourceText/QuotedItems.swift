/// A list of quoted strings: TOML, JSON, Nix.
package struct QuotedItems: Sendable {
  /// More than any list of kernel arguments has: a command line holds fewer bytes.
  package static let limit = 4096

  /// Of the opening bracket.
  package let open: Int
  /// Of the closing bracket.
  package let close: Int
  package let items: [QuotedItem]
  /// Between items; empty where blanks do.
  package let separator: String

  package init(open: Int, close: Int, items: [QuotedItem], separator: String) {
    self.open = open
    self.close = close
    self.items = items
    self.separator = separator
  }
}
