import BootArguments
import Foundation
import SourceText
import TestSupport
import Testing

/// Configuration of other people, with what a search by pattern found in it.
@Suite("Corpus: configuration", .needsCorpus)
struct CorpusConfigTests {
  /// `line:column word` of the manifest, by file; what it found in comments is left out.
  private static func expected() throws -> [String: [String]] {
    let manifest = try String(
      contentsOf: Corpus.folder.appending(path: "MANIFEST.tsv"),
      encoding: .utf8
    )
    var found: [String: [String]] = [:]
    for row in manifest.split(separator: "\n") {
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
      guard let file = fields.first, file.hasPrefix("configs/"), let answer = fields.last else {
        continue
      }
      found[String(file)] = answer.split(separator: ";").map { $0.drop { $0 == " " } }
        .filter { $0.first?.isNumber ?? false && !$0.hasSuffix("(comment line)") }
        .map(String.init)
    }
    return found
  }

  private static func isMemory(_ word: some StringProtocol) -> Bool {
    [
      "kernelcore=", "movablecore=", "movable_node", "hugepages=", "hugepagesz=",
      "default_hugepagesz=", "cma=", "hugetlb_cma=", "memhp_default_state=", "memory_hotplug.",
    ].contains { word.hasPrefix($0) }
  }

  @Test("Every memory argument is found at its place, and nothing else is taken for one")
  func places() throws {
    let expected = try Self.expected()
    #expect(!expected.isEmpty)
    var all = 0
    var others = 0
    var missed = 0
    for (file, answers) in expected.sorted(by: { $0.key < $1.key }) {
      let bytes = [UInt8](try Data(contentsOf: Corpus.folder.appending(path: file)))
      let sample = FileSample(path: file, bytes: bytes)
      let lines = try KernelArgumentFormats.format(of: sample)?.read(sample) ?? []
      let words = lines.flatMap(\.arguments).map {
        "\($0.place.line):\($0.place.column) \($0.argument.word)"
      }
      for answer in answers {
        let word = answer.drop { $0 != " " }.dropFirst()
        guard Self.isMemory(word) else {
          others += 1
          if !words.contains(answer) {
            missed += 1
            print("corpus: config: not read: \(file):\(answer)")
          }
          continue
        }
        all += 1
        #expect(words.contains(answer), "\(file)")
      }
      for argument in lines.flatMap(\.arguments) where Self.isMemory(argument.argument.word) {
        let text = argument.argument.word
        let place = argument.place
        // A setting whose name stands apart is none that a pattern finds.
        let line = place.line(in: bytes)?.unicodeScalars.dropFirst(place.column - 1)
        guard line?.starts(with: text.unicodeScalars) ?? false else { continue }
        #expect(answers.contains("\(place.line):\(place.column) \(text)"), "\(file)")
      }
    }
    print(
      "corpus: config: \(all) memory arguments; of \(others) others \(others - missed) are read"
    )
  }
}
