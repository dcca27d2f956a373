internal import Advice
internal import ArgumentParser
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports
internal import SourceText

/// `zonewise verify`: whether a machine has the zones that were promised for it.
struct VerifyCommand: MachineCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Say whether a booted machine has what was promised (cmdline --promise FILE).",
    discussion: "Exits with 0 where the promise is kept, 1 where it is not, 2 where nothing tells."
  )

  @Argument(
    help: ArgumentHelp("What zonewise cmdline --promise wrote; - reads it.", valueName: "file"),
    completion: .file()
  )
  var promise: String

  @OptionGroup var sourceOptions: SourceOptions
  @OptionGroup var stated: StatedOptions

  @Option(help: "How to print the answer.")
  var format = TextOrJSON.text

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  static let need = SourceNeed.layout

  func validate() throws {
    if promise == "-", sourceOptions.source == "-" {
      throw ValidationError("the promise and the machine can't both come from standard input")
    }
  }

  func run() throws {
    try Runner.run {
      // Once: standard input can't be read again.
      let kept = try read()
      try survey { try verify(kept, $0) }
    }
  }

  func answers(about machine: SourceMachine) throws -> [Verification] {
    try verify(try read(), machine)
  }

  private func read() throws -> BootPromise {
    try PromiseReader.read(
      try InputFile.bytes(promise),
      file: promise == "-" ? "standard input" : promise
    )
  }

  private func verify(_ kept: BootPromise, _ machine: SourceMachine) throws -> [Verification] {
    let judged = try judge(machine, kept)
    return try machine.members.map { member in
      let inputs: BootLayoutInputs
      do throws(BootLayoutRefusal) { inputs = try member.inputs() } catch {
        throw NothingJudged(message: "\(machine.name): \(error)")
      }
      let state = Verifier.Machine(
        name: machine.name,
        snapshot: member.snapshot,
        inputs: inputs,
        headroom: judged.headroom,
        findings: judged.findings,
        notes: judged.notes + Kernel(member.snapshot).unreadNotes
      )
      guard let verification = Verifier(kept, state).verify() else {
        throw NothingJudged(
          message: "\(machine.name): its zones are not known; give its boot log or a capture"
        )
      }
      return verification
    }
  }

  /// What is said of the machine as it is.
  private struct Judged {
    var headroom = Reading<ByteCount>.unknown(.undetermined("what is in use is not known"))
    /// Nil where they can't be compared.
    var findings: [Finding]?
    var notes: [String] = []
  }

  /// Judges the machine by the profile of the promise, or the one that is given.
  private func judge(_ machine: SourceMachine, _ kept: BootPromise) throws -> Judged {
    guard kept.headroom != nil || kept.findings != nil else { return Judged() }
    guard machine.tellsUse else {
      return Judged(notes: ["headroom and findings: this source tells the layout only"])
    }
    var options = profileOptions
    var judged = Judged()
    if options.profile == nil, let name = kept.profile {
      if EmbeddedProfiles.names.contains(name) {
        options.profile = .named(name)
      } else {
        judged.notes.append(
          "findings: they were promised by the profile \(name), which does not come with zonewise; "
            + "give it with --profile FILE"
        )
      }
    }
    let assessment = try options.assess(machine, want: nil, needs: [])
    judged.headroom = assessment.current.headroom
    judged.findings = judged.notes.isEmpty ? assessment.findings : nil
    return judged
  }
}
