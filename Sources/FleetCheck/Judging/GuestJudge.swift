internal import Advice
internal import BootArguments
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import Profiles
internal import SourceText

/// Judges the growth of a guest whose memory a file tells: what it boots with, what may be plugged in,
/// and what onlines that, where the kernel's arguments stand beside it.
///
/// Of the machine only its memory is known; so only what its growth comes to is told, not what a
/// class would be judged by beside that.
struct GuestJudge {
  let guest: GuestMemory<SourceLocation>
  let commandLine: ClassCommandLine
  let architecture: Architecture
  let profile: Profile

  /// The class that the guest is one of.
  private func machineClass(named name: String) -> MachineClass {
    var places = ClassPlaces(start: guest.boot.place)
    places["nodes"] = guest.boot.place
    places["devices"] = guest.added.place
    places["cmdline"] = commandLine.words.first?.location
    let node = MachineSpec.Node(id: 0, memory: guest.boot.bytes, ranges: [])
    var result = MachineClass(
      machine: MachineSpec(name: name, architecture: architecture, nodes: [node]),
      places: places
    )
    // Where nothing else is said, hypervisors leave a gigabyte below 4 GiB to devices.
    result.machine.lowMemory = .gibibytes(3)
    result.commandLine = commandLine
    let device: HotplugDevice = guest.device == .virtioMem ? .virtioMem : .dimm
    result.devices = [GrowthStep(device: device, size: guest.added.bytes, node: 0)]
    return result
  }

  struct Answer {
    var findings: [Finding] = []
    var assumptions: [String] = []
    var places: ClassPlaces
  }

  /// What its growth comes to under a kernel; why that can't be told is among the assumptions.
  func answer(named name: String, kernel: KernelVersion?, by judge: ClassJudge) -> Answer {
    let machineClass = machineClass(named: name)
    var answer = Answer(places: machineClass.places)
    do {
      let made = try ClassSnapshot.make(machineClass, kernel: kernel)
      let plan = try judge.grow(machineClass, made, profile: profile)
      answer.findings = plan.findings
      if plan.firstFailure != nil { answer.findings += ratio(pageSize: plan.pageSize) }
      answer.assumptions = made.assumptions
    } catch let refusal as BootLayoutRefusal {
      answer.assumptions = ["the guest's growth is not judged: \(refusal)"]
    } catch let failure as LocatedError {
      answer.assumptions = ["the guest's growth is not judged: \(failure.message)"]
    } catch {
      answer.assumptions = ["the guest's growth is not judged: \(error)"]
    }
    return answer
  }

  /// What it would come to if all of it could be plugged in.
  private func ratio(pageSize: PageSize) -> [Finding] {
    let line = ArgumentContext(
      commandLine.text,
      kernel: nil,
      architecture: architecture,
      pageSize: pageSize,
      limits: profile.limits
    )
    guard line.unboundedMovable != nil else { return [] }
    return RatioOverLimit.findings(
      kernel: guest.boot.bytes,
      movable: guest.added.bytes,
      limits: profile.limits,
      pageSize: pageSize
    ).map { finding in
      var finding = finding
      finding.place = .file(guest.boot.place)
      return finding
    }
  }
}
