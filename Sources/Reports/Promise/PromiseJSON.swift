package import Advice
internal import HostModel
internal import SourceText

/// A promise as a file: `cmdline --promise` writes it and `verify` reads it.
package enum PromiseJSON {
  /// What stands as the command in it.
  static let command = "promise"
  /// The version of the format.
  static let version: UInt64 = 1

  package static func render(_ promise: BootPromise) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", version)
      root.string("command", command)
      root.string("machine", promise.machine)
      root.string("date", promise.date)
      root.string("profile", promise.profile)
      root.strings("arguments", promise.arguments)
      root.strings("removed", promise.removed)
      root.number("pageSizeBytes", promise.pageSize.bytes.count)
      root.number("blockSizeBytes", promise.blockSize?.count)
      root.number("holdsWithinBytes", promise.holdsWithin?.count)
      root.array("boots", promise.boots) { writer, boot in
        writer.object {
          $0.string("kernel", boot.kernel)
          $0.string("cmdline", boot.commandLine)
          $0.array("nodes", boot.nodes) { $0.promised($1) }
        }
      }
      if let headroom = promise.headroom {
        root.object("headroom") {
          $0.number("bytes", headroom.size.count)
          $0.number("atLeastBytes", headroom.atLeast.count)
        }
      } else {
        root.null("headroom")
      }
      if let findings = promise.findings {
        root.array("findings", findings) { writer, finding in
          writer.object {
            $0.string("code", finding.code)
            $0.string("rule", finding.rule)
            $0.string("severity", finding.severity.rawValue)
          }
        }
      } else {
        root.null("findings")
      }
    }
    return writer.bytes + [0x0A]
  }
}

extension JSONWriter {
  /// A node's zones, in the form that promises and what is found share.
  mutating func promised(_ node: BootPromise.Node) {
    object {
      $0.number("node", UInt64(node.id.number))
      $0.number("kernelBytes", node.kernel.count)
      $0.number("highMemoryBytes", node.high.count)
      $0.number("movableBytes", node.movable.count)
      $0.number("movableStartPFN", node.movableStart?.number)
      $0.number("neededKernelBytes", node.needs?.count)
      $0.number("addedBytes", node.later.count)
    }
  }
}
