internal import Advice
internal import Foundation
internal import KernelText
internal import TestSupport
internal import Testing

/// A kernel's report whose cause is known, because the lab made it (Lab/oom.py).
struct OOMBooted: Sendable, CustomTestStringConvertible {
  var file: String
  var kernel: String
  var cause: OOMDiagnosis.Cause
  /// What the guest itself saw free in ZONE_MOVABLE, in kB, before and after.
  var movableFree: [UInt64]
  var done: String
  var text: String

  var testDescription: String { file }

  /// Without the kernel series in front: `page-tables`.
  var scenario: String { String(file.drop { $0 != "-" }.dropFirst().dropLast(4)) }

  static let all: [OOMBooted] = {
    let table = try? Fixtures.text("OOM/booted/booted.tsv")
    return (table ?? "").split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
      guard fields.count == 6, let cause = OOMDiagnosis.Cause(rawValue: fields[2]),
        let series = fields[0].split(separator: "-").first,
        let text = try? Fixtures.text("OOM/booted/\(series)/\(fields[0])")
      else { return nil }
      return OOMBooted(
        file: fields[0],
        kernel: fields[1],
        cause: cause,
        movableFree: fields[3...4].compactMap { UInt64($0) },
        done: fields[5],
        text: text
      )
    }
  }()

  static func diagnose(_ text: String) throws(ParseError) -> OOMDiagnosis {
    let bytes = Array(text.utf8)
    let log = OOMLogDiagnosis(try OOMReportText.parse(bytes.span, file: "log"))
    return log.reports[log.chosen]
  }

  /// The kernel's own words of each line, without the time that the serial console shows.
  var messages: [(seconds: String, text: String)] {
    text.split(separator: "\n").map { line in
      let parts = line.split(separator: "]", maxSplits: 1)
      let message = parts.count > 1 ? parts[1].dropFirst() : ""
      return (parts[0].dropFirst().trimmingCharacters(in: .whitespaces), String(message))
    }
  }
}
