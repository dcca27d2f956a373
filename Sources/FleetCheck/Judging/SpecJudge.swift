internal import Advice
internal import Capacity
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import SystemIO

/// Judges the classes of a spec, some at a time.
struct SpecJudge: Sendable {
  let context: JudgeContext
  let lines: FileLines
  private let judge: ClassJudge

  init(context: JudgeContext, lines: FileLines) {
    self.context = context
    self.lines = lines
    judge = ClassJudge(
      context: context,
      folder: FileSystem.folder(of: lines.path),
      judged: JudgedClasses()
    )
  }

  func classes(_ spec: FleetSpec, _ range: Range<Int>) -> [CheckResult] {
    var profiles = ProfileLibrary()
    return spec.classes(range).map { result in
      switch result {
      case .failure(let error): .failed(error)
      case .success(let machineClass): judged(machineClass, &profiles)
      }
    }
  }

  /// A spec of one machine.
  func machine() -> CheckResult {
    let text = String(decoding: lines.bytes, as: UTF8.self)
    var profiles = ProfileLibrary()
    do throws(LocatedError) {
      return judged(try MachineSpecReader.machineClass(text, file: lines.path), &profiles)
    } catch {
      return .failed(error)
    }
  }

  private func judged(
    _ machineClass: MachineClass,
    _ profiles: inout ProfileLibrary
  ) -> CheckResult {
    do throws(LocatedError) {
      return .judged(try judge.judge(machineClass, lines: lines, profiles: &profiles))
    } catch {
      return .failed(error)
    }
  }
}
