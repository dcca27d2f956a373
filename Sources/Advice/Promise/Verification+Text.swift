package import HostModel

extension Verification.Word {
  /// What became of it, in half a sentence.
  package var text: String {
    switch state {
    case .taken: "\(word) is on the command line"
    case .missing: "\(word) is not on the command line"
    case .differs(let found): "the command line has \(found) where \(word) was to be"
    case .left: "\(word) is still on the command line"
    case .counts: "\(word) is on the command line and decides about zones"
    }
  }
}

extension Verification.Reason {
  /// What programs call it.
  package var id: String {
    switch self {
    case .commandLineUnknown: "command-line-unknown"
    case .word(let word):
      switch word.state {
      case .taken: "argument-taken"
      case .missing: "argument-missing"
      case .differs: "argument-differs"
      case .left, .counts: "other-argument"
      }
    case .kernel: "other-kernel"
    case .memoryMoved: "memory-moved"
    case .nodeGone: "node-gone"
    case .nodeNew: "node-new"
    case .added: "memory-added"
    case .offline: "memory-offline"
    case .changedZone: "memory-changed-zone"
    case .notUnderstood: "not-understood"
    }
  }

  /// The node that it is about; nil for the machine.
  package var node: NodeID? {
    switch self {
    case .commandLineUnknown, .word, .kernel, .notUnderstood: nil
    case .memoryMoved(let node, _, _), .nodeGone(let node), .nodeNew(let node, _),
      .added(let node, _, _), .offline(let node, _), .changedZone(let node, _):
      node
    }
  }

  /// One sentence without a full stop.
  package var text: String {
    switch self {
    case .commandLineUnknown: "whether the arguments were taken over is not known: no /proc/cmdline"
    case .word(let word): word.text
    case .kernel(let promised, let found):
      promised.isEmpty
        ? "Linux \(found) runs, and it was not known for which kernel this was promised"
        : "Linux \(found) runs, which divides memory in another way than "
          + promised.joined(separator: ", ")
    case .memoryMoved(let node, let promised, let found):
      "the memory map moved: node \(node) booted with \(found.exactText(beside: promised)) "
        + "where \(promised.exactText(beside: found)) was promised"
    case .nodeGone(let node): "node \(node) has no memory"
    case .nodeNew(let node, let size): "node \(node) is new, with \(size.text)"
    case .added(let node, let size, let movable):
      "\(size.text) were added to node \(node) since the boot"
        + (movable == .zero
          ? "" : movable == size ? ", all of it Movable" : ", \(movable.text) of it Movable")
    case .offline(let node, let size): "\(size.text) of node \(node) went offline since the boot"
    case .changedZone(let node, let size):
      "\(size.text) of node \(node) came back in another zone since the boot"
    case .notUnderstood:
      "the kernel made other zones than its command line gives here: something about this machine "
        + "is not understood"
    }
  }
}

extension ByteCount {
  /// As people read sizes; in KiB where two of them would read the same.
  fileprivate func exactText(beside other: ByteCount) -> String {
    text == other.text ? "\(count >> 10) KiB" : text
  }
}
