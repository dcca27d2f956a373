/// The formats of a comparison.
package enum DiffFormat: String, CaseIterable, Sendable {
  case text
  case json
  case html
  case markdown
}
