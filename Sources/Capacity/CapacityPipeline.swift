/// Judges the hosts of many sources on all cores, and hands their rows on in the order of the input.
package struct CapacityPipeline<Made: Sendable>: Sendable {
  private let rows: CapacityRows
  private let context: HostContext
  private let make: @Sendable (HostRow) -> Made

  /// - Parameters:
  ///   - rows: How hosts are judged.
  ///   - context: What else is known of them.
  ///   - make: What is made of each row beside it; pure, so that any thread can do it.
  package init(
    rows: CapacityRows,
    context: HostContext = HostContext(),
    make: @escaping @Sendable (HostRow) -> Made
  ) {
    self.rows = rows
    self.context = context
    self.make = make
  }

  /// Judges all hosts of the sources; none stands for this host.
  package func run(_ sources: [String], _ take: (HostRow, Made) throws -> Void) throws {
    let (rows, context, make) = (rows, context, make)
    var work = OrderedWork { (work: CapacityRows.Work) -> [(row: HostRow, made: Made)] in
      rows.rows(of: work).map { row in
        var row = row
        context.complete(&row)
        return (row, make(row))
      }
    }
    func handOn(_ judged: [(row: HostRow, made: Made)]) throws {
      for (row, made) in judged { try take(row, made) }
    }
    for source in sources.isEmpty ? [""] : sources {
      try rows.split(source) { try work.begin($0, take: handOn) }
    }
    try work.finish(take: handOn)
  }
}
