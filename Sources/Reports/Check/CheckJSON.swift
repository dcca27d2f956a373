internal import Advice
package import FleetCheck
internal import HostModel
internal import SourceText

/// `check --format json`, schema version 1: one subject a line, so that line tools can read it too.
package struct CheckJSON: CheckWriter {
  private let failOn: Finding.Severity?
  private let baselineInUse: Bool
  private var hasSubjects = false
  private var failures = BoundedRecords(separator: ",\n    ")
  private var unread = BoundedRecords(separator: ",\n    ")

  package init(_ options: CheckReportOptions) {
    failOn = options.failOn
    baselineInUse = options.baselineInUse
  }

  package mutating func begin(_ output: inout [UInt8]) {
    output += "{\n  \"schemaVersion\": 1,\n  \"command\": \"check\",\n  \"subjects\": [".utf8
  }

  package mutating func add(_ result: CheckResult, _ output: inout [UInt8]) {
    var writer = JSONWriter(pretty: false)
    switch result {
    case .judged(let subject):
      Self.subject(subject, &writer)
      output += (hasSubjects ? ",\n    " : "\n    ").utf8
      output += writer.bytes
      hasSubjects = true
    case .failed(let failure):
      writer.object {
        $0.location("location", failure.place)
        $0.string("message", failure.message)
      }
      failures.add(writer.bytes)
    case .unread(let file):
      writer.object {
        $0.location("location", file.place)
        $0.string("argument", file.argument)
        $0.string("reason", file.reason)
        $0.bool("named", file.isNamed)
      }
      unread.add(writer.bytes)
    }
  }

  package mutating func end(_ summary: CheckSummary, _ output: inout [UInt8]) {
    output += (hasSubjects ? "\n  ],\n  \"failures\": [" : "],\n  \"failures\": [").utf8
    if failures.kept > 0 {
      output += "\n    ".utf8
      output += failures.bytes
      output += "\n  ".utf8
    }
    output += "],\n  \"failuresOmitted\": \(failures.omitted),\n  \"unread\": [".utf8
    if unread.kept > 0 {
      output += "\n    ".utf8
      output += unread.bytes
      output += "\n  ".utf8
    }
    output += "],\n  \"unreadOmitted\": \(unread.omitted),\n  \"summary\": ".utf8
    var writer = JSONWriter(pretty: false)
    counts(summary, &writer)
    output += writer.bytes
    output += "\n}\n".utf8
  }

  private static func subject(_ subject: CheckedSubject, _ writer: inout JSONWriter) {
    writer.object {
      $0.string("kind", subject.kind.rawValue)
      $0.string("name", subject.name)
      $0.location("location", subject.place)
      $0.number("count", Int64(subject.count))
      $0.strings("kernels", subject.kernels)
      $0.string("profile", subject.profile)
      $0.string("verdict", subject.verdict?.rawValue)
      $0.array("findings", subject.findings) { finding($1, &$0) }
      $0.array("unknown", subject.unknown) { writer, input in
        writer.object {
          $0.string("input", input.input)
          $0.string("reason", input.reason)
          $0.string("effect", input.effect)
        }
      }
      $0.strings("assumptions", subject.assumptions)
    }
  }

  private static func finding(_ found: CheckFinding, _ writer: inout JSONWriter) {
    writer.object {
      $0.members(of: found.finding)
      let end = found.length > 0 ? Int64(found.location.column + found.length) : nil
      $0.number("endColumn", end)
      $0.strings("kernels", found.kernels)
      $0.string("fingerprint", found.fingerprint)
      if let suppression = found.suppression {
        $0.object("suppression") {
          $0.string("kind", suppression.kind.rawValue)
          $0.string("reason", suppression.reason)
          $0.location("location", suppression.place)
        }
      } else {
        $0.null("suppression")
      }
      $0.bool("inBaseline", found.isInBaseline)
    }
  }

  private func counts(_ summary: CheckSummary, _ writer: inout JSONWriter) {
    writer.object {
      $0.number("machines", Int64(summary.machines))
      $0.number("subjects", Int64(summary.subjects))
      $0.number("configFiles", Int64(summary.configs))
      $0.number("configFilesWithFindings", Int64(summary.configsWithFindings))
      $0.number("skipped", Int64(summary.skipped))
      $0.number("unopened", Int64(summary.unopened))
      $0.number("errors", Int64(summary.errors))
      $0.number("warnings", Int64(summary.warnings))
      $0.number("notes", Int64(summary.notes))
      $0.number("suppressed", Int64(summary.suppressed))
      $0.number("inBaseline", Int64(summary.inBaseline))
      $0.number("failures", Int64(summary.failures))
      $0.number("unread", Int64(summary.unread))
      $0.number("incomplete", Int64(summary.incomplete))
      $0.object("byRule") { writer in
        for (code, count) in summary.byRule.sorted(by: { $0.key < $1.key }) {
          writer.number(code, Int64(count))
        }
      }
      $0.string("failOn", failOn?.rawValue ?? "never")
      $0.bool("baselineInUse", baselineInUse)
    }
  }
}
