package import Advice
internal import FleetCheck

/// What a check can be written as.
///
/// A new format is a case here and a writer in a file of its own.
package enum CheckFormat: String, CaseIterable, Sendable {
  /// For people, in a terminal.
  case text
  /// For programs: Documentation/schemas/check.schema.json.
  case json
  /// SARIF 2.1.0, for code scanning and editors.
  case sarif
  /// JUnit XML, for Jenkins and every CI that shows test results.
  case junit
  /// Workflow commands, which become annotations on the lines of a pull request.
  case github
  /// GitLab's code quality report.
  case gitlab
  /// A page for `$GITHUB_STEP_SUMMARY` or a comment.
  case markdown

  package func writer(_ options: CheckReportOptions) -> any CheckWriter {
    switch self {
    case .text: CheckText(options)
    case .json: CheckJSON(options)
    case .sarif: CheckSARIF(options)
    case .junit: CheckJUnit(options)
    case .github: GitHubAnnotations(options)
    case .gitlab: GitLabCodeQuality(options)
    case .markdown: CheckMarkdown(options)
    }
  }
}

/// What the reports of a check have to know besides its results.
package struct CheckReportOptions: Hashable, Sendable {
  /// Findings that bad or worse fail the check; nil where nothing does.
  package var failOn: Finding.Severity?
  package var style: TextStyle
  /// Whether the findings were compared to a baseline.
  package var baselineInUse: Bool
  package var toolVersion: String

  package init(
    failOn: Finding.Severity? = .error,
    style: TextStyle = TextStyle(),
    baselineInUse: Bool = false,
    toolVersion: String = ToolVersion.current
  ) {
    self.failOn = failOn
    self.style = style
    self.baselineInUse = baselineInUse
    self.toolVersion = toolVersion
  }

  /// Whether that finding fails the check.
  func fails(_ found: CheckFinding) -> Bool {
    guard let failOn else { return false }
    return found.isOpen && found.finding.severity >= failOn
  }
}
