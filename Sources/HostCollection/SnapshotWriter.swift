package import HostModel
internal import KernelText

/// A host's snapshot as one line of JSON, from which the same snapshot can be read again.
///
/// The line is part of what other programs rely on: Documentation/sources.md describes it.
package enum SnapshotWriter {
  package static let schemaVersion: UInt64 = 1

  /// The line without a newline. `tool` is the version that wrote it.
  package static func line(_ snapshot: HostSnapshot, tool: String) -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { root in
      root.number("schemaVersion", schemaVersion)
      root.string("command", "capture")
      root.string("tool", tool)
      root.object("source") {
        $0.string("kind", snapshot.source.kind.rawValue)
        $0.string("path", snapshot.source.path)
      }
      identity(snapshot, &root)
      root.reading("zoneinfo", snapshot.zoneinfo) { $0.zoneinfo($1) }
      root.reading("meminfo", snapshot.meminfo) { $0.table($1.table) }
      root.reading("vmstat", snapshot.vmstat) { $0.table($1.table) }
      root.reading("buddyinfo", snapshot.buddyinfo) { $0.buddyinfo($1) }
      root.reading("pagetypeinfo", snapshot.pagetypeinfo) { $0.pagetypeinfo($1) }
      root.reading("nodes", snapshot.nodes) { $0.elements($1) { $0.node($1) } }
      root.reading("nodesWithMemory", snapshot.nodesWithMemory) { $0.ids($1) }
      root.reading("nodesWithNormalMemory", snapshot.nodesWithNormalMemory) { $0.ids($1) }
      root.reading("memoryBlocks", snapshot.memoryBlocks) { $0.memoryBlocks($1) }
      root.reading("hugePagePools", snapshot.hugePages.pools) { $0.elements($1) { $0.pool($1) } }
      root.reading("iomem", snapshot.iomem) { $0.elements($1) { $0.range($1) } }
      root.reading("swaps", snapshot.swaps) { $0.elements($1) { $0.swap($1) } }
      root.reading("kernelConfig", snapshot.kernelConfig) { $0.config($1) }
      root.reading("modules", snapshot.modules) { writer, names in
        writer.elements(names) { $0.append(string: $1) }
      }
      root.devices(snapshot.devices)
      rest(snapshot, &root)
    }
    return writer.bytes
  }

  private static func identity(_ snapshot: HostSnapshot, _ root: inout JSONWriter) {
    root.reading("hostName", snapshot.hostName) { $0.append(string: $1) }
    root.reading("kernel", snapshot.kernel) { writer, version in
      writer.object {
        $0.string("release", version.release)
        $0.number("major", Int64(version.releaseNumber.major))
        $0.number("minor", Int64(version.releaseNumber.minor))
        $0.number("patch", Int64(version.releaseNumber.patch))
      }
    }
    root.reading("architecture", snapshot.architecture) { $0.append(string: $1.rawValue) }
    root.reading("operatingSystem", snapshot.operatingSystem) { $0.append(string: $1) }
    root.reading("commandLine", snapshot.commandLine) { $0.append(string: $1) }
    root.reading("pageSizeBytes", snapshot.pageSize) { $0.append(number: $1.bytes.count) }
    root.reading("maxOrder", snapshot.maxOrder) { $0.append(number: UInt64($1)) }
  }

  private static func rest(_ snapshot: HostSnapshot, _ root: inout JSONWriter) {
    root.object("settings") { writer in
      for (path, value) in KernelSetting.all.map({ ($0.path, $0.text(in: snapshot)) }) {
        writer.reading(path, value) { $0.append(string: $1) }
      }
    }
    root.object("pins") { writer in
      writer.reading("systemPages", snapshot.pins.system) { $0.append(number: $1.count) }
      writer.array("nodes", snapshot.pins.perNode.sorted { $0.key < $1.key }) { writer, pins in
        writer.object {
          $0.number("node", UInt64(pins.key.number))
          $0.reading("pages", pins.value) { $0.append(number: $1.count) }
        }
      }
      writer.number("samples", Int64(snapshot.pins.samples))
    }
    root.reading("processes", snapshot.processes) { $0.processes($1) }
    root.array("unread", snapshot.unread) { writer, input in
      writer.object {
        $0.string("input", input.input)
        $0.string("reason", input.reason)
        $0.string("effect", input.effect)
      }
    }
    root.array("substitutes", snapshot.substitutes) { writer, substitute in
      writer.object {
        $0.string("input", substitute.input)
        $0.string("from", substitute.from)
      }
    }
  }
}

extension JSONWriter {
  /// A value, or an object with the single member `unknown` that says why there is none.
  mutating func reading<Value>(
    _ key: String,
    _ reading: Reading<Value>,
    _ body: (inout JSONWriter, Value) -> Void
  ) {
    self.key(key)
    switch reading {
    case .known(let value, _): body(&self, value)
    case .unknown(let reason): object { $0.object("unknown") { $0.reason(reason) } }
    }
  }

  private mutating func reason(_ reason: UnknownReason) {
    switch reason {
    case .notReported(let input, let field):
      string("kind", "not-reported")
      string("input", input)
      string("field", field)
    case .missing(let input):
      string("kind", "missing")
      string("input", input)
    case .unreadable(let input, let cause):
      string("kind", "unreadable")
      string("input", input)
      string("why", cause)
    case .rejected(let input, let field, let why):
      string("kind", "rejected")
      string("input", input)
      string("field", field)
      string("why", why)
    case .notAsked(let input, let option):
      string("kind", "not-asked")
      string("input", input)
      string("field", option)
    case .undetermined(let why):
      string("kind", "undetermined")
      string("why", why)
    }
  }

  mutating func elements<Items: Sequence>(
    _ items: Items,
    _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    list { writer in
      for item in items {
        writer.item()
        body(&writer, item)
      }
    }
  }

  mutating func ids(_ nodes: [NodeID]) { elements(nodes) { $0.append(number: UInt64($1.number)) } }
  mutating func numbers(_ key: String, _ numbers: [UInt64]) {
    array(key, numbers) { $0.append(number: $1) }
  }
}
