internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostCollection
internal import Reports

/// A command that answers about each machine of a SOURCE: all that it has to write is `answers`.
protocol MachineCommand: ParsableCommand {
  associatedtype Answered: WholeAnswer

  /// What it wants of a source.
  static var need: SourceNeed { get }

  var sourceOptions: SourceOptions { get }
  var stated: StatedOptions { get }
  var collection: CollectionOptions { get }
  var format: Answered.Format { get }
  var common: CommonOptions { get }

  /// Looks at a machine and judges it: one answer, or one for each kernel of a class.
  func answers(about machine: SourceMachine) throws -> [Answered]

  /// Tells of a text that is no machine; false where it can't.
  func answer(to text: FoundSource) throws -> Bool
}

extension MachineCommand {
  var collection: CollectionOptions { sourceOptions.collection }

  func answer(to text: FoundSource) throws -> Bool { false }

  func run() throws { try Runner.run(survey) }

  /// Answers about every machine of the source.
  func survey() throws { try survey(answers) }

  /// The same with an answer of one's own; a machine that fails among several hides no other.
  func survey(_ answers: (SourceMachine) throws -> [Answered]) throws {
    var all = SeveralAnswers<Answered>(command: Self.configuration.commandName ?? "")
    var failure: (any CommandFailure)?
    let isList = try sourceOptions.reader(stated, collection).machines(
      for: Self.need,
      text: answer
    ) { found in
      switch found {
      case .failure(let unread):
        all.add(SeveralAnswers.Part(source: unread.name, failure: unread.reason))
      case .success(let machine):
        do {
          for part in merged(try judged(machine, answers), machine) { all.add(part) }
        } catch let reason as any CommandFailure {
          failure = reason
          all.add(SeveralAnswers.Part(source: machine.name, failure: reason.reported))
        }
      }
    }
    guard !all.parts.isEmpty else { return }
    if !isList, let failure { throw failure }
    if !isList, all.parts.count == 1, let answer = all.parts.first?.answer {
      return try Runner.print(answer, as: format, common)
    }
    for part in all.parts {
      if let failure = part.failure { Console.report(failure) }
    }
    guard all.parts.contains(where: { $0.answer != nil }) else {
      throw NothingJudged(message: "no machine in it could be judged")
    }
    if format.rawValue == "csv" {
      throw UsageFailure(message: "--format csv writes one machine: name one (fleet.yaml#CLASS)")
    }
    try Runner.print(all, as: format, common)
  }

  /// The answers; what a file of the user's lacks is said with the file's name and what to add.
  private func judged(
    _ machine: SourceMachine,
    _ answers: (SourceMachine) throws -> [Answered]
  ) throws -> [Answered] {
    do {
      return try answers(machine)
    } catch let error as AssessmentError {
      guard sourceOptions.source != nil else { throw error }
      throw NothingJudged(
        message: "\(machine.name): \(error.input): \(error.reason); add it, or take all with "
          + "zonewise capture"
      )
    }
  }

  /// Kernels of which the same is to be said share an answer.
  private func merged(
    _ answers: [Answered],
    _ machine: SourceMachine
  ) -> [SeveralAnswers<Answered>.Part] {
    guard answers.count > 1, answers.count == machine.members.count else {
      return answers.map { SeveralAnswers.Part(source: machine.name, answer: $0) }
    }
    var parts: [(part: SeveralAnswers<Answered>.Part, bytes: [UInt8])] = []
    for (answer, member) in zip(answers, machine.members) {
      let kernel = [member.kernel].compactMap { $0 }
      let bytes = answer.rendered(as: format, style: common.style)
      if let index = parts.firstIndex(where: { $0.bytes == bytes }) {
        parts[index].part.kernels += kernel
      } else {
        let part = SeveralAnswers.Part(source: machine.name, kernels: kernel, answer: answer)
        parts.append((part, bytes))
      }
    }
    return parts.map(\.part)
  }
}
