internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import SourceText

/// Judges what a boot log shows: the zones that its arguments gave.
struct BootLogJudge {
  let context: JudgeContext

  /// Nil for a file that was only met and that does not tell the zones: a text that quotes a line of a
  /// log, or a log of something else. Only where it was named did somebody want an answer.
  func judge(_ path: String, isNamed: Bool) -> CheckResult? {
    let log: BootLog
    do throws(CollectionError) { log = try BootLogSource.read(path) } catch {
      switch error {
      case .refused where !isNamed, .recognized where !isNamed, .otherKind where !isNamed:
        return nil
      default: return .failed(LocatedError("\(error)", file: path))
      }
    }
    do throws(LocatedError) { return .judged(try subject(log, path)) } catch {
      return isNamed ? .failed(error) : nil
    }
  }

  private func subject(_ log: BootLog, _ path: String) throws(LocatedError) -> CheckedSubject {
    let start = SourceLocation(file: path, line: 1, column: 1)
    var prediction: Prediction
    do throws(BootLayoutRefusal) {
      let inputs = try BootLayoutInputs(log: log, overrides: BootLayoutInputs.Overrides())
      prediction = try Prediction(
        inputs,
        source: SourceDescription(kind: .bootLog, path: path),
        asked: nil,
        blockSize: log.memoryBlockSize
      )
    } catch {
      throw LocatedError("\(error)", file: path)
    }
    prediction.decideLayouts()
    var subject = CheckedSubject(kind: .bootLog, name: path, place: start)
    subject.kernels = [prediction.inputs.kernel.version.value?.release].compactMap { $0 }
    subject.assumptions = prediction.assumptions
    subject.findings = FindingPlacer(
      commandLine: ClassCommandLine(),
      places: nil,
      subject: path,
      start: start,
      files: [:]
    ).place(prediction.findings)
    return subject
  }
}
