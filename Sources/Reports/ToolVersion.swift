/// The version of zonewise, as it stands in reports and `--version`.
package enum ToolVersion {
  package static let current = "0.1.0"
}
