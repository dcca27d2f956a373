internal import SourceText

/// Lists of nothing but strings in brackets, in any language that writes them so.
struct StringLists {
  let bytes: [UInt8]

  /// The lists that hold kernel arguments, and where in the text they are.
  ///
  /// - Complexity: O(bytes)
  func drafts() -> (drafts: [CommandLineDraft], covered: [Range<Int>]) {
    var drafts: [CommandLineDraft] = []
    var covered: [Range<Int>] = []
    var position = 0
    while let open = bytes[position...].firstIndex(of: UInt8(ascii: "[")) {
      position = open + 1
      guard let items = list(from: &position), items.count <= QuotedItems.limit else { continue }
      let fragments = items.map { $0.fragment.withoutTemplates }
      guard isArguments(fragments) else { continue }
      drafts.append(CommandLineDraft(fragments: fragments, isComplete: false))
      covered.append(open..<position)
    }
    return (drafts, covered)
  }

  private func isArguments(_ fragments: [BootFile.Fragment]) -> Bool {
    var isKnown = false
    for fragment in fragments {
      let text = Array(fragment.text.utf8)
      for word in ArgumentText.words(text, 0..<text.count) {
        if ArgumentText.isKnown(text, word) {
          isKnown = true
        } else if !ArgumentText.isArgument(text, word) {
          return false
        }
      }
    }
    return isKnown
  }

  /// Strings and commas up to the closing bracket; nil, and the place of it, where there is anything
  /// else: the search goes on from there.
  private func list(from position: inout Int) -> [QuotedItem]? {
    var items: [QuotedItem] = []
    while true {
      skipBlanks(&position)
      guard position < bytes.count else { return nil }
      switch bytes[position] {
      case UInt8(ascii: "]"):
        position += 1
        return items.isEmpty ? nil : items
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let item = string(from: &position) else { return nil }
        items.append(item)
      default: return nil
      }
    }
  }

  private func skipBlanks(_ position: inout Int) {
    while position < bytes.count {
      if ArgumentText.isBlank(bytes[position]) {
        position += 1
      } else if bytes[position] == UInt8(ascii: "#")
        || bytes[position...].starts(with: "//".utf8)
      {
        position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      } else {
        return
      }
    }
  }

  private func string(from position: inout Int) -> QuotedItem? {
    let quote = bytes[position]
    var item = QuotedItem(start: position)
    position += 1
    while position < bytes.count, bytes[position] != 0x0A {
      if bytes[position] == quote {
        item.end = position
        position += 1
        return item
      }
      if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
        item.append([bytes[position + 1]], at: position)
        position += 2
      } else {
        item.append([bytes[position]], at: position)
        position += 1
      }
    }
    return nil
  }
}
