/// Works on many pieces with all cores and hands the results on in the order of the pieces.
///
/// Never more pieces are under way than a small multiple of the cores, so memory stays flat however
/// many there are.
package enum OrderedWork {
  /// - Parameters:
  ///   - width: How many pieces are worked on at once.
  ///   - next: The next piece; nil at the end.
  ///   - work: Done in any thread.
  ///   - take: Gets the results in order, in the caller's own.
  package static func run<Piece: Sendable, Output: Sendable>(
    width: Int,
    next: () -> Piece?,
    work: @escaping @Sendable (Piece) -> Output,
    take: (Output) -> Void
  ) async {
    await withTaskGroup(of: (Int, Output).self) { group in
      var started = 0
      var handedOn = 0
      var waiting: [Int: Output] = [:]
      var isAtEnd = false
      while true {
        // Results that wait for a slow one before them count as under way.
        while !isAtEnd, started - handedOn < width * 4 {
          guard let piece = next() else {
            isAtEnd = true
            break
          }
          let number = started
          started += 1
          group.addTask { (number, work(piece)) }
        }
        guard handedOn < started, let (number, output) = await group.next() else { return }
        waiting[number] = output
        while let output = waiting.removeValue(forKey: handedOn) {
          take(output)
          handedOn += 1
        }
      }
    }
  }
}
