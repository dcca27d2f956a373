/// What Documentation/config-files.md says of a format, in Markdown.
package struct FormatRow: Sendable {
  let recognizedBy: String
  let read: String
  let notRead: String
}

extension KernelArgumentFormats {
  /// The table of all formats, which Documentation/config-files.md holds.
  package static var table: [String] {
    ["| format | recognized by | read | not read |", "|---|---|---|---|"]
      + all.map { format in
        let row = format.documentation
        return MarkdownRow.text(["`\(format.name)`", row.recognizedBy, row.read, row.notRead])
      }
  }
}
