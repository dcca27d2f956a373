internal import Dispatch
internal import Synchronization
internal import SystemIO

/// Works on many pieces with all cores and hands the results on in the order of the pieces.
///
/// Never more pieces are under way than a small multiple of the cores, so memory stays flat however
/// many there are. The caller's thread only hands pieces out and results on; it blocks where it has
/// nothing to do. (With an asynchronous main the runtime ends the main thread by unwinding it, and a
/// static executable then sorts all its unwind tables: 14 ms for nothing.)
package struct OrderedWork<Piece: Sendable, Output: Sendable> {
  private let limit: Int
  private let work: @Sendable (Piece) -> Output
  private let results = Results<Output>()
  private var started = 0
  private var handedOn = 0

  /// - Parameters:
  ///   - width: How many pieces are worked on at once; as many as there are processors, if nobody says.
  ///   - work: Done in any thread.
  package init(width: Int = Processors.count, work: @escaping @Sendable (Piece) -> Output) {
    limit = max(2, width * 4)
    self.work = work
  }

  /// Begins a piece; results that are due are handed on first where too many are under way.
  package mutating func begin(_ piece: Piece, take: (Output) throws -> Void) rethrows {
    while started - handedOn >= limit { try handOn(take) }
    let (number, work, results) = (started, work, results)
    started += 1
    // A queue, not a task: its threads are others than the one that blocks here, whichever that is.
    DispatchQueue.global().async { results.put(work(piece), number) }
    // Whoever looks on sees what is there already.
    while let output = results.takeIfReady(handedOn) {
      handedOn += 1
      try take(output)
    }
  }

  /// Hands on everything that is still under way.
  package mutating func finish(take: (Output) throws -> Void) rethrows {
    while handedOn < started { try handOn(take) }
  }

  private mutating func handOn(_ take: (Output) throws -> Void) rethrows {
    let output = results.wait(for: handedOn)
    handedOn += 1
    try take(output)
  }
}

/// Results that wait for those before them.
private final class Results<Output: Sendable>: Sendable {
  private let ready = Mutex<[Int: Output]>([:])
  private let arrived = DispatchSemaphore(value: 0)

  func put(_ output: Output, _ number: Int) {
    ready.withLock { $0[number] = output }
    arrived.signal()
  }

  /// The result of that number, where nobody has to wait for it.
  func takeIfReady(_ number: Int) -> Output? {
    ready.withLock { $0.removeValue(forKey: number) }
  }

  func wait(for number: Int) -> Output {
    while true {
      if let output = ready.withLock({ $0.removeValue(forKey: number) }) { return output }
      // A signal for each result that was put; some of them were taken without waiting.
      arrived.wait()
    }
  }
}
