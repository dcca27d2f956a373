internal import Advice
internal import HostModel

extension Verification {
  /// The answer in one sentence, for someone who reads nothing else.
  var sentence: (head: String, body: String) {
    let many = nodes.count > 1
    guard !isKept else {
      let who = many ? "Each node has" : "The machine has"
      return ("KEPT.", "\(who) the zones that were promised on \(promise.date)\(headroomText).")
    }
    let broken = nodes.filter { !$0.isKept }
    var parts: [String] = []
    if let first = broken.first {
      let more = broken.count > 1 ? ", and \(broken.count - 1) more differ" : ""
      let why = reasons.first.map { ": \($0.text)" } ?? ""
      parts.append(first.sentence + more + why)
    }
    parts += brokenWords.map(\.text)
    if let headroom, headroom.isKept == false {
      let found = headroom.found.value?.text ?? "an unknown amount"
      parts.append(
        "the kernel zones can take \(found) more, and at least \(headroom.promised.atLeast.text) "
          + "was promised"
      )
    }
    if let first = unexpectedErrors.first {
      let more = unexpectedErrors.count - 1
      let others = more > 0 ? " and \(more) more" : ""
      parts.append("an error that nobody expected: \(first.code)\(others)")
    }
    return ("NOT KEPT.", parts.joined(separator: "; ").capitalizedFirst + ".")
  }

  private var headroomText: String {
    guard let headroom, let found = headroom.found.value else { return "" }
    return
      "; the kernel can take \(found.text) more (at least \(headroom.promised.atLeast.text) was "
      + "promised)"
  }
}

extension Verification.Node {
  /// What is other than promised.
  fileprivate var sentence: String {
    guard let promised else {
      return "node \(id) has \(found?.total.text ?? "memory") and was not there"
    }
    guard let found else { return "node \(id), promised \(promised.total.text), is not there" }
    if let needs = promised.needs, found.kernel < needs {
      return "node \(id) has \(found.kernel.text) of kernel memory and needs \(needs.text)"
    }
    let (wasMovable, isMovable) = Self.distinct(promised.movable, found.movable)
    guard promised.movable == found.movable else {
      return "node \(id) has \(isMovable) of Movable where \(wasMovable) was promised"
    }
    let (wasKernel, isKernel) = Self.distinct(promised.kernel, found.kernel)
    return "node \(id) has \(isKernel) of kernel memory where \(wasKernel) was promised"
  }

  private static func distinct(_ one: ByteCount, _ other: ByteCount) -> (String, String) {
    one.text == other.text && one != other
      ? ("\(one.count >> 10) KiB", "\(other.count >> 10) KiB") : (one.text, other.text)
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
