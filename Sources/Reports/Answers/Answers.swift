package import Advice
internal import Capacity
internal import HostModel
internal import KernelBehavior
package import KernelText
package import Profiles
package import SourceText

// One conformance for each command: what it answers with, in all its formats.

extension Assessment: WholeAnswer {
  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(AssessmentText.render(self, style: style).utf8)
    case .json: AssessmentJSON.render(self)
    }
  }

  package var worstSeverity: Finding.Severity? { findings.map(\.severity).max() }
  package var unknownInputs: Int { unknown.count }
  package var isRefusal: Bool { wish?.isSafe == false || needs?.isMet == false }
}

extension Prediction: WholeAnswer {
  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(PredictionText.render(self, style: style).utf8)
    case .json: PredictionJSON.render(self)
    }
  }

  package var worstSeverity: Finding.Severity? { findings.map(\.severity).max() }
  package var unknownInputs: Int { isExact ? 0 : 1 }
}

extension Verification: WholeAnswer {
  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(VerificationText.render(self, style: style).utf8)
    case .json: VerificationJSON.render(self)
    }
  }

  package var worstSeverity: Finding.Severity? { (unexpected ?? []).map(\.severity).max() }
  package var unknownInputs: Int { headroom?.found.value == nil && headroom != nil ? 1 : 0 }
  package var isRefusal: Bool { !isKept }
}

extension BlockReport: WholeAnswer {
  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(BlocksText.render(self, style: style).utf8)
    case .json: BlocksJSON.render(self)
    }
  }

  package var worstSeverity: Finding.Severity? { nil }
  package var unknownInputs: Int { unknown.count }
}

/// The formats of a growth plan.
package enum PlanFormat: String, CaseIterable, Sendable {
  case text
  case json
  case csv
  case markdown
}

extension GrowthPlan: WholeAnswer {
  package func rendered(as format: PlanFormat, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(PlanText.render(self, style: style).utf8)
    case .json: PlanJSON.render(self)
    case .csv: Array(PlanTable.csv(self).utf8)
    case .markdown: Array(PlanTable.markdown(self).utf8)
    }
  }

  package var worstSeverity: Finding.Severity? { findings.map(\.severity).max() }
  package var unknownInputs: Int { 0 }
}

extension SuggestionReport: WholeAnswer {
  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(SuggestionText.render(self, style: style).utf8)
    case .json: SuggestionJSON.render(self)
    }
  }

  package var worstSeverity: Finding.Severity? { nil }
  package var unknownInputs: Int { unknown.count }
}

extension FleetDiff: Answer {
  package func write(
    as format: DiffFormat,
    style: TextStyle,
    to put: ([UInt8]) -> Void
  ) throws(LocatedError) {
    func page() throws(LocatedError) -> ReportPage {
      try DiffPage(self, isVerbose: style.isVerbose).page()
    }
    switch format {
    case .text: put(Array(try DiffText.render(self, style: style).utf8))
    case .json: try DiffJSON.write(self, to: put)
    case .html: try PageHTML.write(try page()) { put(Array($0.utf8)) }
    case .markdown: try PageMarkdown.write(try page()) { put(Array($0.utf8)) }
    }
  }

  /// Only what is new counts.
  package var worstSeverity: Finding.Severity? { worstNew }

  package var unknownInputs: Int { notJudged + unknownAfter }
}

/// What the messages of a log come to.
package struct LogAnswer: WholeAnswer {
  package let diagnosis: OOMLogDiagnosis
  package let log: OOMLog
  package let file: String

  package init(_ log: OOMLog, file: String) {
    diagnosis = OOMLogDiagnosis(log)
    self.log = log
    self.file = file
  }

  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(OOMText.render(diagnosis, log: log, file: file, style: style).utf8)
    case .json: OOMJSON.render(diagnosis, log: log, file: file)
    }
  }

  package var worstSeverity: Finding.Severity? { nil }
  package var unknownInputs: Int { 0 }

  /// Where no report of it has numbers, and none a cause, the log was not judged.
  package var tellsNothing: Bool {
    diagnosis.reports.allSatisfy { $0.cause == .unknown && !$0.report.hasNumbers }
  }
}
