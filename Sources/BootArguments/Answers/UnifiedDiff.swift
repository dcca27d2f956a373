/// What changes between two texts, as `diff -u` shows it.
package enum UnifiedDiff {
  private enum Step {
    case same(String)
    case removed(String)
    case added(String)
  }

  /// Empty where nothing changes.
  ///
  /// - Complexity: O(lines × changed lines)
  package static func text(
    from old: [UInt8],
    to new: [UInt8],
    oldName: String,
    newName: String,
    context: Int = 3
  ) -> String {
    guard old != new else { return "" }
    let steps = steps(from: lines(old), to: lines(new))
    var result = "--- \(oldName)\n+++ \(newName)\n"
    for hunk in hunks(of: steps, context: context) {
      result += render(steps, hunk)
    }
    return result
  }

  /// Lines with their line breaks, so that a missing last one is seen.
  private static func lines(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end
    }
    return lines
  }

  private static func steps(from old: [String], to new: [String]) -> [Step] {
    let difference = new.difference(from: old)
    var removals: Set<Int> = []
    var insertions: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removals.insert(offset)
      case .insert(let offset, _, _): insertions.insert(offset)
      }
    }
    var steps: [Step] = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if oldIndex < old.count, removals.contains(oldIndex) {
        steps.append(.removed(old[oldIndex]))
        oldIndex += 1
      } else if newIndex < new.count, insertions.contains(newIndex) {
        steps.append(.added(new[newIndex]))
        newIndex += 1
      } else {
        steps.append(.same(old[oldIndex]))
        oldIndex += 1
        newIndex += 1
      }
    }
    return steps
  }

  private static func hunks(of steps: [Step], context: Int) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, step) in steps.enumerated() {
      if case .same = step { continue }
      let range = max(0, index - context)..<min(steps.count, index + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func render(_ steps: [Step], _ hunk: Range<Int>) -> String {
    func count(_ range: Range<Int>) -> (old: Int, new: Int) {
      var counts = (old: 0, new: 0)
      for step in steps[range] {
        switch step {
        case .same: counts = (counts.old + 1, counts.new + 1)
        case .removed: counts.old += 1
        case .added: counts.new += 1
        }
      }
      return counts
    }
    let before = count(0..<hunk.lowerBound)
    let own = count(hunk)
    func place(_ before: Int, _ count: Int) -> String {
      "\(count == 0 ? before : before + 1),\(count)"
    }
    var text = "@@ -\(place(before.old, own.old)) +\(place(before.new, own.new)) @@\n"
    for step in steps[hunk] {
      let (mark, line) =
        switch step {
        case .same(let line): (" ", line)
        case .removed(let line): ("-", line)
        case .added(let line): ("+", line)
        }
      text += mark + line
      if line.utf8.last != 0x0A { text += "\n\\ No newline at end of file\n" }
    }
    return text
  }
}
