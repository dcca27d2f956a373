internal import Advice
internal import HostModel
internal import SourceText

/// `needs` of `advise --format json`.
enum NeedsJSON {
  static func write(_ answer: NeedsAnswer?, _ root: inout JSONWriter) {
    guard let answer else { return }
    root.object("needs") {
      $0.bool("met", answer.isMet)
      $0.array("needs", answer.all) { list, need in list.object { members(of: need, &$0) } }
      $0.array("left", answer.left) { list, left in
        list.object {
          $0.number("node", UInt64(left.node.number))
          $0.number("kernelBytes", left.kernel.count)
          $0.number("movableBytes", left.movable.count)
        }
      }
    }
  }

  private static func members(of answer: NeedAnswer, _ object: inout JSONWriter) {
    object.string("need", answer.need.text)
    object.string("kind", answer.need.name)
    object.number("node", answer.need.node.map { UInt64($0.number) })
    if case .hugePages(let size, let count) = answer.need.kind {
      object.number("pageBytes", size.count)
      object.number("pages", count)
    }
    object.number("bytes", answer.need.bytes.count)
    object.bool("met", answer.isMet)
    object.string("way", answer.way.rawValue)
    object.number("thereBytes", answer.there.count)
    object.number("atRunTimeBytes", (answer.there + answer.atRunTime).count)
    object.array("from", answer.shares) { list, share in
      list.object {
        $0.number("node", UInt64(share.node.number))
        $0.string("zone", share.zone?.name)
        $0.bool("area", share.isInArea)
        $0.number("bytes", share.bytes.count)
      }
    }
    object.strings("arguments", answer.arguments)
    object.strings("alternative", answer.alternative)
    object.strings("settings", answer.settings)
    object.strings("commands", answer.commands)
    object.strings("limits", answer.limits.map(\.text))
    object.strings("notes", answer.notes.map(\.text))
  }
}
