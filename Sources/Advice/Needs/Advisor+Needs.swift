internal import HostModel

extension Advisor {
  /// Judges a host with what is needed of it. What can't be had together is refused from the end: the
  /// advice is for the needs that can be met, in the order in which they were asked for.
  ///
  /// - Parameters:
  ///   - needs: All that is asked for.
  ///   - judge: Makes an assessment with some of it.
  /// - Returns: The last assessment, with an answer to each need.
  /// - Throws: Why nothing can be judged.
  static func meeting(
    _ needs: [MemoryNeed],
    _ judge: ([MemoryNeed]) throws(AssessmentError) -> Assessment
  ) throws(AssessmentError) -> Assessment {
    var asked = needs
    var refused: [NeedAnswer] = []
    var made = try judge(asked)
    while let last = made.needs?.all.last(where: { !$0.isMet }) {
      refused.append(last)
      asked.removeAll { $0 == last.need }
      made = try judge(asked)
    }
    guard !refused.isEmpty else { return made }
    let met = made.needs?.all ?? []
    made.needs = NeedsAnswer(
      all: needs.compactMap { need in
        if let answer = met.first(where: { $0.need == need }) { return answer }
        var answer = refused.first { $0.need == need }
        answer?.arguments = []
        return answer
      },
      left: made.needs?.left ?? []
    )
    return made
  }
}
