internal import ArgumentParser
internal import Capacity
internal import SourceText

/// By what a fleet is grouped, and what somebody says of its hosts.
struct GroupingOptions: ParsableArguments {
  @Option(
    name: .customLong("group-by"),
    help: ArgumentHelp(
      "Group hosts by a label of --labels, or by what the first group of a regular expression finds in "
        + "their names: --group-by '/^([a-z]+)-/'. Repeatable.",
      valueName: "label|/regex/"
    ),
    transform: ArgumentValue.grouping
  )
  var groupBy: [HostGrouping] = []

  @Option(
    help: ArgumentHelp(
      "What hosts are labelled with: a CSV whose first line is host,LABEL,…",
      valueName: "file"
    ),
    completion: .file(extensions: ["csv"])
  )
  var labels: String?

  func validate() throws {
    for grouping in groupBy {
      guard case .label(let name) = grouping, labels == nil else { continue }
      throw ValidationError(
        "--group-by \(name): --labels FILE gives labels; a regular expression stands between "
          + "slashes: --group-by '/\(name)/'"
      )
    }
  }

  /// The same as what reports are told.
  ///
  /// - Throws: What is wrong with the table, or which label it lacks.
  func context() throws -> HostContext {
    var context = HostContext()
    context.groupings = groupBy
    guard let labels else { return context }
    let bytes = try InputFile.bytes(labels, limit: HostLabels.largest)
    let table: HostLabels
    do throws(LocatedError) {
      table = try HostLabels(bytes, file: labels == "-" ? "standard input" : labels)
    } catch {
      throw NothingJudged(message: error.description)
    }
    for grouping in groupBy {
      guard case .label(let name) = grouping, grouping.label(in: table) == nil else { continue }
      let known = table.names.map(\.printable).joined(separator: ", ")
      throw UsageFailure(
        message: "--group-by \(name.printable): \(labels) has no such label; it has \(known)"
      )
    }
    context.labels = table
    return context
  }
}
