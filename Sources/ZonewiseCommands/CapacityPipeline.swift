internal import Glibc
internal import Reports

/// Judges the hosts of many sources on all cores, and hands their rows on in the order of the input.
struct CapacityPipeline {
  let rows: CapacityRows
  /// Formats whose bytes are made together with a row.
  let formats: [CapacityFormat]

  private struct Piece: Sendable {
    var index: Int
    var rows: [(row: HostRow, bytes: [CapacityFormat: [UInt8]])]
  }

  /// Pieces that are read or judged but not handed on yet: enough that no core waits, and few enough
  /// that a fleet is never held.
  private var limit: Int { max(2, 4 * sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  func run(
    _ sources: [String],
    _ take: (HostRow, [CapacityFormat: [UInt8]]) throws -> Void
  ) async throws {
    let (rows, formats, limit) = (rows, formats, limit)
    try await withThrowingTaskGroup(of: Piece.self) { group in
      var begun = 0
      var handedOn = 0
      var ready: [Int: Piece] = [:]
      for source in sources.isEmpty ? [""] : sources {
        try await rows.split(source) { work in
          let index = begun
          begun += 1
          group.addTask {
            Piece(
              index: index,
              rows: rows.rows(of: work).map { row in
                var bytes: [CapacityFormat: [UInt8]] = [:]
                for format in formats { bytes[format] = CapacitySink.bytes(row, format) }
                return (row, bytes)
              }
            )
          }
          while begun - handedOn > limit, let piece = try await group.next() {
            ready[piece.index] = piece
            while let next = ready.removeValue(forKey: handedOn) {
              handedOn += 1
              for (row, bytes) in next.rows { try take(row, bytes) }
            }
          }
        }
      }
      while let piece = try await group.next() {
        ready[piece.index] = piece
        while let next = ready.removeValue(forKey: handedOn) {
          handedOn += 1
          for (row, bytes) in next.rows { try take(row, bytes) }
        }
      }
    }
  }
}
