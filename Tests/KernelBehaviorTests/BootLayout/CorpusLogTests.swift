internal import Foundation
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import TestSupport
internal import Testing

/// Boot logs of a test-data folder beside the project, where there is one.
@Suite("Corpus: boot logs of many kernels")
struct CorpusLogTests {
  private static func logs() -> [URL] {
    Corpus.files(below: "bootlogs")
      .filter { !["md", "json", "tsv", "csv", "gz", "xz"].contains($0.pathExtension) }
  }

  @Test("the starts of every log that shows them are predicted", .needsCorpus)
  func starts() throws {
    var matched = 0
    var plain = 0
    var undecided: [String] = []
    for file in Self.logs() {
      let bytes = [UInt8](try Data(contentsOf: file))
      let name = file.lastPathComponent
      do {
        let log = try BootLogText.parse(bytes.span, file: name)
        let inputs = try BootLayoutInputs(log: log)
        guard let line = inputs.commandLine else {
          undecided.append("\(name): no command line")
          continue
        }
        let layout = try inputs.predict(inputs.arguments(line))
        guard let agrees = inputs.agrees(layout) else {
          undecided.append("\(name): no printed starts")
          continue
        }
        #expect(
          agrees,
          """
          \(name): \(line)
          printed \(String(describing: inputs.observedStarts)), \
          predicted \(layout.nodes.map { "\($0.id): \(String(describing: $0.printedStart))" })
          \(inputs.assumptions)
          """
        )
        if layout.path == .none { plain += 1 } else { matched += 1 }
      } catch {
        undecided.append("\(name): \(error)")
      }
    }
    print(
      "corpus: \(matched) boot logs with ZONE_MOVABLE, \(plain) without, \(undecided.count) undecided"
    )
    #expect(matched > 0)
  }
}
