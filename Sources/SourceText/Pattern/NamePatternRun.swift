/// One search of a pattern in a name: all ways through the program at once, the preferred ones first.
struct NamePatternRun {
  /// A way through the program, and where its match and its first group begin and end; -1 for nowhere.
  private struct Thread {
    var place: Int
    var marks: (Int, Int, Int, Int)
  }

  private let program: [NamePattern.Instruction]
  private let name: [Unicode.Scalar]
  /// The last position at which a place of the program was reached.
  private var seen: [Int]
  private var stack: [Thread] = []

  init(_ program: [NamePattern.Instruction], _ name: [Unicode.Scalar]) {
    self.program = program
    self.name = name
    seen = [Int](repeating: -1, count: program.count)
  }

  /// The match that begins first.
  consuming func found() -> (whole: Range<Int>, group: Range<Int>?)? {
    var threads: [Thread] = []
    var best: (Int, Int, Int, Int)?
    for position in 0...name.count {
      var next: [Thread] = []
      if best == nil { add(Thread(place: 0, marks: (position, -1, -1, -1)), position, &threads) }
      for thread in threads {
        if case .match = program[thread.place] {
          best = thread.marks
          best?.1 = position
          // What is behind it is less preferred.
          break
        }
        guard case .scalar(let set) = program[thread.place], position < name.count,
          set.contains(name[position])
        else { continue }
        next.append(Thread(place: thread.place + 1, marks: thread.marks))
      }
      threads = []
      for thread in next { add(thread, position + 1, &threads) }
      if threads.isEmpty, best != nil { break }
    }
    guard let best else { return nil }
    return (best.0..<best.1, best.2 >= 0 && best.3 >= best.2 ? best.2..<best.3 : nil)
  }

  /// Follows a way to where it wants a scalar or has matched; without recursion, for programs are long
  /// and threads' stacks are short.
  private mutating func add(_ thread: Thread, _ position: Int, _ threads: inout [Thread]) {
    stack.append(thread)
    while var thread = stack.popLast() {
      guard seen[thread.place] != position else { continue }
      seen[thread.place] = position
      switch program[thread.place] {
      case .scalar, .match: threads.append(thread)
      case .jump(let place): stack.append(Thread(place: place, marks: thread.marks))
      case .split(let first, let second):
        stack.append(Thread(place: second, marks: thread.marks))
        stack.append(Thread(place: first, marks: thread.marks))
      case .start where position != 0, .end where position != name.count: break
      case .start, .end: stack.append(Thread(place: thread.place + 1, marks: thread.marks))
      case .save(let mark):
        if mark == 2 { thread.marks.2 = position } else { thread.marks.3 = position }
        stack.append(Thread(place: thread.place + 1, marks: thread.marks))
      }
    }
  }
}
