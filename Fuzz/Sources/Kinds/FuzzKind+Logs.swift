internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Reports

extension FuzzKind {
  /// What a kernel wrote, however it was passed on.
  static let logs: [FuzzKind] = [
    FuzzKind(name: "boot-log") { bytes in
      guard let log = try? BootLogText.parse(bytes.span, file: "dmesg"),
        let inputs = try? BootLayoutInputs(log: log),
        let line = inputs.commandLine, inputs.map.ranges.count <= 64,
        let layout = try? inputs.predict(inputs.arguments(line))
      else { return }
      for node in layout.nodes {
        for zone in node.zones {
          // Up to 5.17 a start behind the node's end gives a zone that spans nothing and has pages.
          expect(
            zone.spanned == .zero || zone.present <= zone.frames.pages,
            "a zone with more than it spans"
          )
        }
      }
    },
    FuzzKind(name: "oom-report") { bytes in
      guard let log = try? OOMReportText.parse(bytes.span, file: "log") else { return }
      let answer = LogAnswer(log, file: "log")
      _ = answer.rendered(as: .text, style: TextStyle(isVerbose: true))
      _ = answer.rendered(as: .json, style: TextStyle())
    },
    FuzzKind(name: "triage-log") { bytes in
      var reader = MemoryMessageReader()
      reader.append(bytes.span)
      guard let messages = reader.finish() else { return }
      let answer = MemoryMessagesAnswer(messages, file: "log")
      _ = answer.rendered(as: .text, style: TextStyle())
      _ = answer.rendered(as: .json, style: TextStyle())
    },
    FuzzKind(name: "any-text") { bytes in
      let text = RecognizedText(bytes)
      if !text.found.isEmpty { _ = text.whatItIs + text.whatItTells.joined() }
      _ = text.advice
      _ = PastedFiles(bytes)
      _ = PastedFiles.isZoneinfoAlone(bytes)
    },
  ]
}
