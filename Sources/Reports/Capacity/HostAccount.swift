package import Advice
package import HostModel
package import Profiles

/// The whole account of a host, for those of a report that are shown one by one.
package struct HostAccount: Sendable {
  /// The answer in a sentence, in two parts.
  package var head: String
  package var body: String
  package var profile: Profile
  package var demand: Reading<Demand>
  package var sizing: Reading<Sizing>
  package var recommendation: Recommendation
  package var pageSize: PageSize
  package var commandLine: String?
  /// Worst first.
  package var findings: [Finding]
  package var unknown: [UnreadInput]

  package init(_ assessment: Assessment) {
    let sentence = AnswerSentence(assessment)
    head = sentence.head
    body = sentence.body
    profile = assessment.profile
    demand = assessment.demand
    sizing = assessment.sizing
    recommendation = assessment.recommendation
    pageSize = assessment.pageSize
    commandLine = assessment.snapshot.commandLine.value
    findings = assessment.findings
    unknown = assessment.unknown
  }
}
