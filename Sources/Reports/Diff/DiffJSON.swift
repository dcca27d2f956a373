internal import Advice
internal import Capacity
internal import HostModel
internal import Profiles
package import SourceText

/// `diff --format json`, schema version 1. Hosts on which nothing moved are only counted.
package enum DiffJSON {
  ///
  /// - Parameters:
  ///   - diff: What moved.
  ///   - put: Takes the text piece by piece.
  /// - Throws: That a report can't be read any more.
  package static func write(
    _ diff: FleetDiff,
    to put: ([UInt8]) -> Void
  ) throws(LocatedError) {
    var failure: LocatedError?
    /// Calls a body that reads a report; after the first failure nothing is read.
    func reading(_ body: () throws(LocatedError) -> Void) {
      guard failure == nil else { return }
      do throws(LocatedError) { try body() } catch { failure = error }
    }
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "diff")
      root.string("kind", diff.isFleet ? "reports" : "hosts")
      root.side("before", diff.before)
      root.side("after", diff.after)
      root.object("summary") {
        $0.number("hosts", UInt64(diff.hosts.count))
        $0.number("worse", UInt64(diff.count(.worse)))
        $0.number("same", UInt64(diff.count(.same)))
        $0.number("better", UInt64(diff.count(.better)))
        $0.number("unchanged", UInt64(diff.hosts.count { !$0.isChanged }))
        $0.number("appeared", UInt64(diff.appeared))
        $0.number("gone", UInt64(diff.gone))
        $0.number("notJudged", UInt64(diff.notJudged))
      }
      root.array("totals", diff.totals) { $0.figure($1) }
      root.array("hosts", diff.hosts.lazy.filter(\.isChanged)) { writer, entry in
        reading { () throws(LocatedError) in writer.host(try diff.host(entry)) }
        if writer.bytes.count > piece { put(writer.take()) }
      }
      root.array("appeared", 0..<diff.appeared) { writer, number in
        reading { () throws(LocatedError) in writer.named(try diff.appeared(number)) }
      }
      root.array("gone", 0..<diff.gone) { writer, number in
        reading { () throws(LocatedError) in writer.named(try diff.gone(number)) }
      }
      root.array("notJudged", 0..<diff.notJudged) { writer, number in
        reading { () throws(LocatedError) in writer.failed(try diff.notJudged(number)) }
      }
    }
    if let failure { throw failure }
    put(writer.take() + [0x0A])
  }

  /// Bytes after which a piece is handed on.
  private static let piece = 1 << 16
}

extension JSONWriter {
  fileprivate mutating func named(_ row: HostRow?) {
    object {
      $0.string("name", row?.name)
      $0.string("source", row?.source)
      $0.string("verdict", row?.verdict.rawValue)
    }
  }

  fileprivate mutating func failed(_ row: HostRow?) {
    object {
      $0.string("source", row?.source)
      $0.string("reason", row?.failure)
    }
  }

  fileprivate mutating func side(_ key: String, _ side: FleetDiff.Side) {
    object(key) {
      $0.string("source", side.source)
      $0.string("date", side.date)
    }
  }

  fileprivate mutating func figure(_ figure: HostDiff.Figure) {
    object {
      $0.string("id", figure.id)
      $0.figureMembers(figure)
    }
  }

  private mutating func figureMembers(_ figure: HostDiff.Figure) {
    number("beforeBytes", figure.before)
    number("afterBytes", figure.after)
    number("changeBytes", figure.change)
  }

  fileprivate mutating func host(_ host: HostDiff) {
    object { object in
      object.string("name", host.after.name)
      object.string("sourceBefore", host.before.source)
      object.string("sourceAfter", host.after.source)
      object.string("direction", host.direction.rawValue)
      object.string("verdictBefore", host.before.verdict.rawValue)
      object.string("verdictAfter", host.after.verdict.rawValue)
      object.array("figures", host.figures) { $0.figure($1) }
      object.array("nodes", host.nodes) { writer, node in
        writer.object {
          $0.number("node", UInt64(node.node.number))
          $0.string("verdictBefore", node.verdictBefore?.rawValue)
          $0.string("verdictAfter", node.verdictAfter?.rawValue)
          $0.array("figures", node.figures) { $0.figure($1) }
        }
      }
      object.array("terms", host.terms) { writer, term in
        writer.object { object in
          object.string("id", term.id.id)
          object.number("node", term.node.map { UInt64($0.number) })
          object.object("now") { $0.figureMembers(term.now) }
          object.object("projected") { $0.figureMembers(term.projected) }
        }
      }
      object.array("changed", host.facts) { writer, fact in
        writer.object {
          $0.string("what", fact.what)
          $0.string("before", fact.before)
          $0.string("after", fact.after)
        }
      }
      object.array("newFindings", host.newFindings) { $0.brief($1) }
      object.array("goneFindings", host.goneFindings) { $0.brief($1) }
    }
  }

  private mutating func brief(_ finding: FindingBrief) {
    object {
      $0.string("rule", finding.rule)
      $0.string("code", finding.code)
      $0.string("severity", finding.severity.rawValue)
      $0.number("node", finding.node.map { UInt64($0.number) })
    }
  }
}
