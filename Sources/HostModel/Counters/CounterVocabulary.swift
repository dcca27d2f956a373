/// The names that one kind of table is searched for while it is read.
package enum CounterVocabulary: Hashable, Sendable {
  /// Nothing is looked up in the table by a known name.
  case none
  case memory
  case meminfo
  case zoneSizes
  case outOfMemory

  /// The number of a name, nil where it is not in the vocabulary.
  func number(of name: Range<Int>, in text: Span<UInt8>) -> UInt8? {
    switch self {
    case .none: nil
    case .memory: Index.memory.number(of: name, in: text)
    case .meminfo: Index.meminfo.number(of: name, in: text)
    case .zoneSizes: Index.zoneSizes.number(of: name, in: text)
    case .outOfMemory: Index.outOfMemory.number(of: name, in: text)
    }
  }

  /// Known names by their length.
  private struct Index: Sendable {
    private struct Name: Sendable {
      var number: UInt8
      /// Where its bytes begin in `bytes`.
      var start: Int
    }

    static let memory = Index(MemoryCounter.self)
    static let meminfo = Index(MeminfoField.self)
    static let zoneSizes = Index(ZoneSize.self)
    static let outOfMemory = Index(OOMCounter.self)

    private var names: [[Name]] = []
    private var bytes: [UInt8] = []

    private init<Known: CounterName>(_ type: Known.Type) {
      for known in Known.allCases {
        let length = known.text.utf8.count
        while names.count <= length { names.append([]) }
        names[length].append(Name(number: known.rawValue, start: bytes.count))
        bytes += known.text.utf8
      }
    }

    func number(of name: Range<Int>, in text: Span<UInt8>) -> UInt8? {
      let length = name.count
      guard length < names.count else { return nil }
      for known in names[length] where equals(known.start, length, name, text) {
        return known.number
      }
      return nil
    }

    /// From the end on: names begin alike.
    private func equals(
      _ start: Int,
      _ length: Int,
      _ name: Range<Int>,
      _ text: Span<UInt8>
    ) -> Bool {
      var index = length
      while index > 0 {
        index &-= 1
        if bytes[start &+ index] != text[name.lowerBound &+ index] { return false }
      }
      return true
    }
  }
}
