package import Advice
internal import HostModel
package import KernelText
internal import SourceText

/// What a log's messages of memory that would not go offline, or could not be pinned, come to.
package struct MemoryMessagesAnswer: WholeAnswer {
  package enum Diagnosis {
    case offlining(OffliningDiagnosis)
    case pinning(PinFailureDiagnosis)
  }

  package let diagnosis: Diagnosis
  package let file: String

  package init(_ messages: MemoryMessages, file: String) {
    switch messages {
    case .offlining(let log): diagnosis = .offlining(OffliningDiagnosis(log))
    case .pinning(let log): diagnosis = .pinning(PinFailureDiagnosis(log))
    }
    self.file = file
  }

  package func rendered(as format: TextOrJSON, style: TextStyle) -> [UInt8] {
    switch format {
    case .text: Array(text(style).utf8)
    case .json: json
    }
  }

  package var worstSeverity: Finding.Severity? { nil }
  package var unknownInputs: Int { 0 }

  private func text(_ style: TextStyle) -> String {
    var page = LogPage(style)
    switch diagnosis {
    case .offlining(let found):
      page.header("\(file), line \(found.log.line) · memory that would not go offline")
      page.answer(found.headline, found.answer, found.prospect == .never ? .red : .yellow)
      page.section("BY THE LOG", found.evidence)
      page.section("DO THIS", found.remedies)
    case .pinning(let found):
      page.header("\(file), line \(found.log.line) · memory that could not be pinned")
      page.answer(found.headline, found.answer, .yellow)
      page.section("BY THE LOG", found.evidence)
      page.section("DO THIS", found.remedies)
    }
    return page.text
  }

  /// Schema version 1: `offlining` or `pinning`.
  private var json: [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "advise")
      switch diagnosis {
      case .offlining(let found): root.object("offlining") { write(found, &$0) }
      case .pinning(let found): root.object("pinning") { write(found, &$0) }
      }
    }
    return writer.bytes + [0x0A]
  }

  private func write(_ found: OffliningDiagnosis, _ object: inout JSONWriter) {
    object.string("holder", found.holder.rawValue)
    object.string("prospect", found.prospect.rawValue)
    object.string("answer", found.answer)
    location(found.log.line, &object)
    object.number("block", found.block)
    object.number("frame", found.page?.frame)
    object.number("firstByte", found.firstByte?.count)
    object.number("lastByte", found.lastByte?.count)
    object.string("zone", found.zoneName)
    object.strings("flags", found.page?.flags ?? [])
    object.number("pages", UInt64(found.log.pages.count))
    object.strings("evidence", found.evidence)
    object.strings("remedies", found.remedies)
  }

  private func write(_ found: PinFailureDiagnosis, _ object: inout JSONWriter) {
    object.string("cause", found.cause.rawValue)
    object.string("answer", found.answer)
    location(found.log.line, &object)
    object.number("errno", found.failure?.error)
    object.number("limitBytes", found.failure?.limit?.count)
    object.strings("evidence", found.evidence)
    object.strings("remedies", found.remedies)
  }

  private func location(_ line: Int, _ object: inout JSONWriter) {
    object.object("location") {
      $0.string("file", file)
      $0.number("line", Int64(line))
    }
  }
}
