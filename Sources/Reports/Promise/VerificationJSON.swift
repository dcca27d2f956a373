package import Advice
internal import HostModel
internal import SourceText

/// `verify --format json`, schema version 1.
package enum VerificationJSON {
  package static func render(_ verification: Verification) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "verify")
      root.bool("kept", verification.isKept)
      root.string("answer", verification.sentence.head + " " + verification.sentence.body)
      root.object("source") {
        $0.string("kind", verification.source.kind.rawValue)
        $0.string("name", verification.machine)
        $0.string("kernel", verification.kernel)
      }
      root.object("promise") {
        $0.string("machine", verification.promise.machine)
        $0.string("date", verification.promise.date)
        $0.string("profile", verification.promise.profile)
        $0.string("kernel", verification.boot.kernel)
        $0.number("holdsWithinBytes", verification.promise.holdsWithin?.count)
      }
      root.array("nodes", verification.nodes) { writer, node in
        writer.object {
          $0.number("node", UInt64(node.id.number))
          $0.bool("kept", node.isKept)
          $0.zones("promised", node.promised)
          $0.zones("found", node.found)
        }
      }
      root.array("reasons", verification.reasons) { writer, reason in
        writer.object {
          $0.string("id", reason.id)
          $0.number("node", reason.node.map { UInt64($0.number) })
          $0.string("text", reason.text)
        }
      }
      root.array("arguments", verification.words) { writer, word in
        writer.object {
          $0.string("word", word.word)
          $0.bool("asPromised", word.state == .taken)
          $0.string("text", word.text)
        }
      }
      if let headroom = verification.headroom {
        root.object("headroom") {
          $0.number("promisedBytes", headroom.promised.size.count)
          $0.number("atLeastBytes", headroom.promised.atLeast.count)
          $0.number("foundBytes", headroom.found.value?.count)
          $0.bool("kept", headroom.isKept)
        }
      } else {
        root.null("headroom")
      }
      if let unexpected = verification.unexpected {
        root.array("unexpected", unexpected) { $0.finding($1) }
      } else {
        root.null("unexpected")
      }
      root.strings("notCompared", verification.notes)
    }
    return writer.bytes + [0x0A]
  }
}

extension JSONWriter {
  fileprivate mutating func zones(_ key: String, _ node: BootPromise.Node?) {
    guard let node else {
      null(key)
      return
    }
    self.key(key)
    promised(node)
  }
}
