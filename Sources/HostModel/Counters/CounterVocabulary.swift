/// The names that one kind of table is searched for while it is read.
package enum CounterVocabulary: Hashable, Sendable {
  /// Nothing is looked up in the table by a known name.
  case none
  case memory
  case meminfo
  case zoneSizes
  case outOfMemory

  /// The number of a name, nil where it is not in the vocabulary.
  func number(of name: Span<UInt8>) -> UInt8? {
    switch self {
    case .none: nil
    case .memory: Index.memory.number(of: name)
    case .meminfo: Index.meminfo.number(of: name)
    case .zoneSizes: Index.zoneSizes.number(of: name)
    case .outOfMemory: Index.outOfMemory.number(of: name)
    }
  }

  /// As many names as it has.
  var count: Int {
    switch self {
    case .none: 0
    case .memory: MemoryCounter.allCases.count
    case .meminfo: MeminfoField.allCases.count
    case .zoneSizes: ZoneSize.allCases.count
    case .outOfMemory: OOMCounter.allCases.count
    }
  }

  /// Known names by their length.
  private struct Index: Sendable {
    private struct Name: Sendable {
      var number: UInt8
      /// Its last eight bytes, of which most names have their own: they begin alike.
      var tail: UInt64
      /// Where its bytes begin in `bytes`.
      var start: Int
    }

    static let memory = Index(MemoryCounter.self)
    static let meminfo = Index(MeminfoField.self)
    static let zoneSizes = Index(ZoneSize.self)
    static let outOfMemory = Index(OOMCounter.self)

    /// Ordered by length.
    private var names: [Name] = []
    /// Where the names of each length begin in `names`, and where the last ones end.
    private var starts: [Int] = []
    private var bytes: [UInt8] = []

    private init<Known: CounterName>(_ type: Known.Type) {
      for known in Known.allCases.sorted(by: { $0.text.utf8.count < $1.text.utf8.count }) {
        let text = Array(known.text.utf8)
        while starts.count <= text.count { starts.append(names.count) }
        names.append(
          Name(number: known.rawValue, tail: Self.tail(text.span), start: bytes.count)
        )
        bytes += text
      }
      starts.append(names.count)
    }

    func number(of name: Span<UInt8>) -> UInt8? {
      let length = name.count
      guard length &+ 1 < starts.count else { return nil }
      let behind = starts[length &+ 1]
      var index = starts[length]
      guard index < behind else { return nil }
      let tail = Self.tail(name)
      while index < behind {
        if names[index].tail == tail, equals(names[index].start, name) {
          return names[index].number
        }
        index &+= 1
      }
      return nil
    }

    /// The last eight bytes of a name, all of them where it is shorter.
    @inline(__always)
    private static func tail(_ name: Span<UInt8>) -> UInt64 {
      let length = name.count
      if length >= 8 {
        // The load checks its bounds, and any eight bytes are a UInt64.
        return unsafe name.bytes.unsafeLoadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
      }
      var tail: UInt64 = 0
      for index in name.indices { tail = tail << 8 | UInt64(name[index]) }
      return tail
    }

    /// Whether a name as long as a known one, with the same last bytes, is that one.
    private func equals(_ start: Int, _ name: Span<UInt8>) -> Bool {
      let bytes = bytes.span
      var index = 0
      while index &+ 8 < name.count {
        if bytes[start &+ index] != name[index] { return false }
        index &+= 1
      }
      return true
    }
  }
}
