internal import Advice
package import FleetCheck
internal import HostModel
internal import SourceText

/// `check --format sarif`: SARIF 2.1.0, one result a line.
package struct CheckSARIF: CheckWriter {
  private let baselineInUse: Bool
  private let toolVersion: String
  private let rules = SARIFRules()
  private var hasResults = false
  private var notifications = BoundedRecords(separator: ",\n        ")
  private var hasFailed = false

  package init(_ options: CheckReportOptions) {
    baselineInUse = options.baselineInUse
    toolVersion = options.toolVersion
  }

  package mutating func begin(_ output: inout [UInt8]) {
    var driver = JSONWriter(pretty: false)
    driver.object {
      $0.string("name", "zonewise")
      $0.string("semanticVersion", toolVersion)
      $0.message("shortDescription", "Checks how much memory may be ZONE_MOVABLE")
      rules.write(&$0)
    }
    output +=
      """
      {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/\
      sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
          "columnKind": "unicodeCodePoints",
          "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": \
      "The folder in which zonewise ran."}}},
          "tool": {"driver": 
      """.utf8
    output += driver.bytes
    output += "},\n    \"results\": [".utf8
  }

  package mutating func add(_ result: CheckResult, _ output: inout [UInt8]) {
    switch result {
    case .failed(let failure):
      hasFailed = true
      notify(.error, id: "input-not-judged", failure.message, at: failure.place)
    case .unread(let file):
      notify(file.isNamed ? .warning : .note, id: "input-not-read", file.sentence, at: file.place)
    case .judged(let subject):
      for found in subject.findings {
        var writer = JSONWriter(pretty: false)
        self.result(found, of: subject, &writer)
        output += (hasResults ? ",\n      " : "\n      ").utf8
        output += writer.bytes
        hasResults = true
      }
      for input in subject.unknown {
        let text = "\(subject.label): \(input.input): \(input.reason): \(input.effect)"
        notify(.warning, id: "input-not-known", text, at: subject.place)
      }
    }
  }

  package mutating func end(_ summary: CheckSummary, _ output: inout [UInt8]) {
    output += (hasResults ? "\n    ],\n" : "],\n").utf8
    output += "    \"invocations\": [{\"executionSuccessful\": \(!hasFailed)".utf8
    output += ", \"toolExecutionNotifications\": [".utf8
    if notifications.kept > 0 { output += "\n        ".utf8 }
    output += notifications.bytes
    if notifications.omitted > 0 {
      var writer = JSONWriter(pretty: false)
      writer.object {
        $0.string("level", "warning")
        $0.message("message", "\(notifications.omitted) more inputs were not judged in full")
      }
      output += ",\n        ".utf8
      output += writer.bytes
    }
    output += "]}]\n  }]\n}\n".utf8
  }

  // MARK: Results

  private func result(
    _ found: CheckFinding,
    of subject: CheckedSubject,
    _ writer: inout JSONWriter
  ) {
    let finding = found.finding
    writer.object {
      $0.string("ruleId", finding.code)
      if let index = rules.index(of: finding.code) { $0.number("ruleIndex", Int64(index)) }
      $0.string("level", finding.severity.rawValue)
      $0.prose("message", "\(found.message)\n\nWhat to do: \(found.remedy)")
      $0.array("locations", [found]) { writer, found in
        writer.object {
          $0.physicalLocation(found.location, of: found)
          $0.array("logicalLocations", [subject]) { writer, subject in
            writer.object {
              $0.string("name", subject.name)
              $0.string("kind", subject.kind.rawValue)
            }
          }
        }
      }
      if !found.fingerprint.isEmpty {
        $0.object("partialFingerprints") { $0.string("zonewise/v1", found.fingerprint) }
      }
      // An empty list says that the result was looked at and is not suppressed.
      $0.array("suppressions", found.suppression.map { [$0] } ?? []) { writer, suppression in
        writer.object {
          $0.string("kind", suppression.kind.rawValue)
          $0.string("status", "accepted")
          $0.string("justification", suppression.reason)
          $0.object("location") { $0.physicalLocation(suppression.place) }
        }
      }
      if baselineInUse { $0.string("baselineState", found.isInBaseline ? "unchanged" : "new") }
      $0.object("properties") {
        $0.strings("evidence", finding.evidence.map(\.description))
        $0.strings("kernels", found.kernels)
        $0.number("machines", Int64(subject.count))
      }
    }
  }

  // MARK: Notifications

  private enum Level: String {
    case error
    case warning
    case note
  }

  /// What zonewise says about its own work.
  private mutating func notify(
    _ level: Level,
    id: String,
    _ text: String,
    at location: SourceLocation
  ) {
    var writer = JSONWriter(pretty: false)
    writer.object {
      $0.object("descriptor") { $0.string("id", id) }
      $0.string("level", level.rawValue)
      $0.prose("message", text)
      $0.array("locations", [location]) { writer, location in
        writer.object { $0.physicalLocation(location) }
      }
    }
    notifications.add(writer.bytes)
  }
}
