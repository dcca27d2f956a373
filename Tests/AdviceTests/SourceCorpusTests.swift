internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import KernelText
internal import SourceText
internal import TestSupport
internal import Testing

/// Trees and OOM reports of a test-data folder beside the project, where there is one.
@Suite("Corpus: hosts and OOM reports")
struct SourceCorpusTests {
  @Test("every tree is collected or refused with a reason", .needsCorpus)
  func trees() throws {
    for tree in Corpus.entries("trees") {
      do throws(CollectionError) {
        guard case .host(let source) = try SourceFinder.find(tree.path) else { continue }
        let snapshot = try HostCollector.collect(from: source)
        #expect(snapshot.zoneinfo.value?.zones.isEmpty == false, "\(tree.lastPathComponent)")
      } catch {
        #expect(error.description.contains("/"))
      }
    }
  }

  @Test("every OOM report is classified", .needsCorpus)
  func reports() throws {
    for file in Corpus.entries("oom") {
      let bytes = [UInt8](try Data(contentsOf: file))
      do throws(ParseError) {
        let log = try OOMReportText.parse(bytes.span, file: file.lastPathComponent)
        for diagnosis in OOMLogDiagnosis(log).reports {
          #expect(!diagnosis.answer.isEmpty, "\(file.lastPathComponent)")
        }
      } catch {
        #expect(error.place.file == file.lastPathComponent && error.place.line > 0, "\(error)")
      }
    }
  }
}
