internal import FleetCheck
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import Reports
internal import SourceText
internal import ZonewiseCommands

extension FuzzKind {
  /// Files of our own, and what other tools send in our formats.
  static let documents: [FuzzKind] = [
    choice(
      "spec",
      of: [
        { bytes in
          let text = String(decoding: bytes, as: UTF8.self)
          let spec = try MachineSpecReader.read(text, file: "spec.yaml")
          let inputs = try spec.layoutInputs()
          _ = try inputs.predict(inputs.arguments(spec.commandLine))
        },
        { bytes in
          guard FleetSpec.recognizes(bytes) else { return }
          let spec = try FleetSpec(bytes, file: "fleet.yaml")
          for result in spec.classes(0..<min(spec.count, 4)) {
            let own = try result.get()
            for kernel in own.kernels.prefix(2) { _ = try ClassSnapshot.make(own, kernel: kernel) }
          }
        },
      ]
    ),
    FuzzKind(name: "policy") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      _ = try? PolicyReader.read(text, file: ".zonewise.yaml", folder: "")
      let inline = InlineSuppressions(bytes, file: "grub")
      _ = inline.all.count + inline.mistakes.count
    },
    FuzzKind(name: "profile") { bytes in
      _ = try? ProfileReader.read(String(decoding: bytes, as: UTF8.self), file: "profile.yaml")
    },
    choice(
      "json",
      of: [
        { _ = try PromiseReader.read($0, file: "promise.json") },
        { _ = try FleetReport($0, file: "report.json") },
        { _ = try Baseline.read(MemoryFile.path(of: $0)) },
        { bytes in
          var id: UInt64?
          _ = try ServeRequest(line: bytes, number: 1, id: &id)
        },
        { bytes in
          var reader = JSONReader(bytes, file: "any.json")
          try reader.skip()
          try reader.end()
        },
      ]
    ),
    FuzzKind(name: "yaml") { bytes in
      guard let text = try? YAMLText(file: "a.yaml", bytes) else { return }
      for document in text.documents.prefix(4) { walk(document, text, depth: 0) }
    },
  ]

  private static func walk(_ node: YAMLTree, _ text: YAMLText, depth: Int) {
    guard depth < 64 else { return }
    _ = text.place(of: node)
    _ = text.scalar(node)
    for child in (node.sequence ?? []).prefix(16) { walk(child, text, depth: depth + 1) }
    for (key, value) in (node.mapping ?? []).prefix(16) {
      walk(key, text, depth: depth + 1)
      walk(value, text, depth: depth + 1)
    }
  }
}
