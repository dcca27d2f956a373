package import Advice
internal import Capacity
internal import HostModel
internal import KernelBehavior
package import KernelText
package import Profiles

// One conformance for each command: what it answers with, in all its formats.

extension Assessment: Answer {
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

extension Prediction: Answer {
  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(PredictionText.render(self, style: style).utf8)
    case .json: PredictionJSON.render(self)
    }
  }

  package var worstSeverity: Finding.Severity? { findings.map(\.severity).max() }
  package var unknownInputs: Int { isExact ? 0 : 1 }
}

extension BlockReport: Answer {
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

extension GrowthPlan: Answer {
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

extension SuggestionReport: Answer {
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
  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(DiffText.render(self, style: style).utf8)
    case .json: DiffJSON.render(self)
    }
  }

  /// Only what is new counts.
  package var worstSeverity: Finding.Severity? { newFindings.map(\.severity).max() }

  package var unknownInputs: Int {
    notJudged.count + hosts.map(\.after.unknownInputs).reduce(0, +)
  }
}

/// What the messages of a log come to.
package struct LogAnswer: Answer {
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
