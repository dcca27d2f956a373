package import HostModel

/// Whether a machine has what was promised for it, node by node.
package struct Verification: Sendable {
  /// A node as it was promised and as it is.
  package struct Node: Hashable, Sendable {
    package var id: NodeID
    /// Nil for a node of which nothing was said.
    package var promised: BootPromise.Node?
    /// Nil where there is no such node.
    package var found: BootPromise.Node?
    package var isKept: Bool
  }

  /// What became of one word.
  package struct Word: Hashable, Sendable {
    package enum State: Hashable, Sendable {
      /// The command line has it.
      case taken
      /// It has none of that name.
      case missing
      /// It has another one of that name.
      case differs(found: String)
      /// It was to go, and is still there.
      case left
      /// Nothing was said of it, and it decides about zones.
      case counts
    }

    package var word: String
    package var state: State
  }

  /// Why the zones are others.
  package enum Reason: Hashable, Sendable {
    case commandLineUnknown
    case word(Word)
    /// Another kernel runs, and it makes other zones on the same memory.
    case kernel(promised: [String], found: String)
    /// Boot memory is not what it was.
    case memoryMoved(NodeID, promised: ByteCount, found: ByteCount)
    /// No such memory at boot.
    case nodeGone(NodeID)
    case nodeNew(NodeID, ByteCount)
    /// Memory that came after the boot, and how much of it is Movable.
    case added(NodeID, ByteCount, movable: ByteCount)
    /// Boot memory that is not in any zone now.
    case offline(NodeID, ByteCount)
    /// Memory that changed its zone since the boot.
    case changedZone(NodeID, ByteCount)
    /// The machine's zones are not what its own command line gives.
    case notUnderstood
  }

  /// The headroom that there is.
  package struct Headroom: Hashable, Sendable {
    package var promised: BootPromise.Headroom
    package var found: Reading<ByteCount>

    /// Nil where it can't be told.
    package var isKept: Bool? { found.value.map { $0 >= promised.atLeast } }
  }

  package var promise: BootPromise
  /// The one that the machine is held against.
  package var boot: BootPromise.Boot
  package var source: SourceDescription
  /// As the user named the machine.
  package var machine: String
  package var kernel: String?
  package var nodes: [Node]
  /// Every promised word, and those that should not be there.
  package var words: [Word]
  /// Empty where the zones are as promised.
  package var reasons: [Reason]
  /// Nil where none was promised.
  package var headroom: Headroom?
  /// Warnings and errors that nobody expected, worst first; nil where findings were not compared.
  package var unexpected: [Finding]?
  /// What could not be compared, one sentence each.
  package var notes: [String]

  /// Words that decide about anything but zones: zones show whether theirs were taken over.
  package var brokenWords: [Word] {
    words.filter { $0.state != .taken && !$0.isAboutZones }
  }

  package var unexpectedErrors: [Finding] {
    (unexpected ?? []).filter { $0.severity == .error }
  }

  package var isKept: Bool {
    nodes.allSatisfy(\.isKept) && brokenWords.isEmpty && headroom?.isKept != false
      && unexpectedErrors.isEmpty
  }
}
