internal import Synchronization
internal import SystemIO

/// The last answers, so that going back to a state costs nothing.
final class AnswerMemory: Sendable {
  private struct Kept {
    var entries: [(words: [String], answer: HTTPListener.Answer)] = []
    var bytes = 0
  }

  private static let most = 64 << 20
  private let kept = Mutex(Kept())

  func find(_ words: [String]) -> HTTPListener.Answer? {
    kept.withLock { $0.entries.first { $0.words == words }?.answer }
  }

  /// Keeps an answer, and forgets the oldest ones where that takes too much.
  func keep(_ answer: HTTPListener.Answer, to words: [String]) {
    kept.withLock { kept in
      kept.entries.append((words, answer))
      kept.bytes += answer.body.count
      while kept.bytes > Self.most || kept.entries.count > 256, kept.entries.count > 1 {
        kept.bytes -= kept.entries.removeFirst().answer.body.count
      }
    }
  }

  func forget() { kept.withLock { $0 = Kept() } }
}
