internal import SourceText

/// A boot loader or platform: what it takes, where it goes, and how to get it back out.
///
/// A value per target, made in a file of its own under Targets/, and listed in `BootTargets.all`.
package struct BootTarget: Sendable {
  /// How the output is to be used.
  package enum Kind: String, Sendable {
    /// The text of a file.
    case file
    /// Commands for a shell.
    case commands
  }

  /// As in `--for NAME`.
  package let name: String
  package let title: String
  let documentation: TargetRow
  package let kind: Kind
  /// Where a file goes; what commands change.
  package let place: String
  package let rebootNeeded: Bool
  /// Whether it carries settings of the running kernel only, and no argument of any kind.
  package let isForSettings: Bool
  /// The comment leader of the format; nil where it has no comments.
  let comment: CommentStyle?
  /// A setting of the running kernel in the target's words, by its file and value; nil where the target
  /// can't make it. Most targets carry arguments for the next boot only.
  package let setting: @Sendable (_ path: String, _ value: String) -> String?
  /// Why an argument can't be carried; nil where it can.
  let refusal: @Sendable (BootArgument) -> String?
  /// The text without its comment.
  let body: @Sendable (BootRequest) -> String
  /// Commands, one a line, that put it to use.
  let apply: @Sendable (BootRequest) -> [String]
  /// Commands, one a line, that take it back.
  let rollback: @Sendable (BootRequest) -> [String]
  /// What else the user must know.
  let notes: @Sendable (BootRequest) -> [String]
  /// What locates the arguments in an existing file; nil where the answer is commands.
  let format: KernelArgumentFormat?
  /// Which of that file's lists it changes.
  let lists: ListChoice

  init(
    name: String,
    title: String,
    documentation: TargetRow,
    kind: Kind = .file,
    place: String,
    rebootNeeded: Bool = true,
    isForSettings: Bool = false,
    comment: CommentStyle?,
    setting: @escaping @Sendable (_ path: String, _ value: String) -> String? = { _, _ in nil },
    refusal: @escaping @Sendable (BootArgument) -> String? = { _ in nil },
    body: @escaping @Sendable (BootRequest) -> String,
    apply: @escaping @Sendable (BootRequest) -> [String],
    rollback: @escaping @Sendable (BootRequest) -> [String],
    notes: @escaping @Sendable (BootRequest) -> [String] = { _ in [] },
    format: KernelArgumentFormat? = nil,
    lists: ListChoice = .all()
  ) {
    self.name = name
    self.title = title
    self.documentation = documentation
    self.kind = kind
    self.place = place
    self.rebootNeeded = rebootNeeded
    self.isForSettings = isForSettings
    self.comment = comment
    self.setting = setting
    self.refusal = refusal
    self.body = body
    self.apply = apply
    self.rollback = rollback
    self.notes = notes
    self.format = format
    self.lists = lists
  }

  /// The format of the files that it reads and changes; nil where the answer is commands.
  package var formatName: String? { format?.name }

  /// Whether an existing file of this kind can be read and changed.
  package var canRead: Bool { format != nil }

  /// Whether the format takes the comment; elsewhere it must be told beside it.
  package var hasComments: Bool { comment != nil }

  // MARK: Answers

  /// The whole text, with the ownership comment where the format has comments.
  package func snippet(_ request: BootRequest) throws(BootArgumentsError) -> String {
    try check(request)
    let body = body(request)
    guard let comment else { return body }
    return comment.place(about(request), over: body)
  }

  /// An existing file with the change made.
  package func merge(
    _ request: BootRequest,
    into bytes: [UInt8],
    file: String
  ) throws(BootArgumentsError) -> [UInt8] {
    try check(request)
    return try change(bytes, file: file, request.change, owner: request.owner)
  }

  /// An existing file without what the request sets.
  package func unmerge(
    _ request: BootRequest,
    from bytes: [UInt8],
    file: String
  ) throws(BootArgumentsError) -> [UInt8] {
    try change(bytes, file: file, request.change.undone, owner: request.owner)
  }

  /// The kernel arguments in a file of this kind.
  package func read(
    _ bytes: [UInt8],
    file: String
  ) throws(BootArgumentsError) -> [LocatedArgument] {
    do throws(LocatedError) {
      let lists = try locate(bytes, file: file)
      return try LocatedCommandLine.locate(lists, in: bytes, file: file, mayBeTemplate: false)
        .flatMap { $0.arguments }
    } catch {
      throw .file(error)
    }
  }

  /// The way back as a script.
  package func rollbackScript(_ request: BootRequest) throws(BootArgumentsError) -> String {
    try check(request)
    let lines = ["Takes back: " + request.line, request.owner.line].map { "# " + $0 }
    return (lines + rollback(request)).joined(separator: "\n") + "\n"
  }

  /// Comment lines: who made it and why, where it goes, how to apply it and how to take it back.
  package func about(_ request: BootRequest) -> [String] {
    var lines = [request.owner.line]
    if kind == .file {
      lines.append("Goes to: \(place)")
      lines.append("Apply: " + Self.sentence(apply(request)))
    }
    let steps = rollback(request)
    lines.append(
      "Roll back: "
        + (steps.contains { $0.contains("\n") }
          ? "the same command with --rollback prints how" : Self.sentence(steps))
    )
    lines += remarks(request).map { "Note: " + $0 }
    return lines.map { Ownership.harmless($0) }
  }

  /// Commands and remarks (`# …`) that put the answer to use, in order.
  package func applySteps(_ request: BootRequest) -> [String] { apply(request) }

  /// Commands and remarks (`# …`) that take it back, in order.
  package func rollbackSteps(_ request: BootRequest) -> [String] { rollback(request) }

  /// What else the user must know, a sentence each.
  package func remarks(_ request: BootRequest) -> [String] {
    request.caveats + notes(request)
      + ArgumentRemoval.interactions(within: request.arguments)
  }

  private static func sentence(_ steps: [String]) -> String {
    steps.map { $0.hasPrefix("# ") ? String($0.dropFirst(2)) : $0 }.joined(separator: "; ")
  }

  private func check(_ request: BootRequest) throws(BootArgumentsError) {
    for argument in request.arguments {
      guard let why = refusal(argument) else { continue }
      throw .refused(argument.word, target: name, why: why)
    }
  }

  private func change(
    _ bytes: [UInt8],
    file: String,
    _ change: ArgumentChange,
    owner: Ownership
  ) throws(BootArgumentsError) -> [UInt8] {
    do throws(LocatedError) {
      let changed = try changing(bytes, file: file, change, owner: owner)
      guard changed != bytes else { return bytes }
      // What was read as a quote or an escape may be none once something in front of it has gone.
      let again = try? changing(changed, file: file, change, owner: owner)
      guard again == changed else {
        let same = zip(bytes, changed).prefix { $0 == $1 }.count
        throw LocatedError(
          "changed here, the file would not be read as it is meant; change it by hand",
          at: SourceLocation(of: same, in: bytes, file: file)
        )
      }
      return changed
    } catch {
      throw .file(error)
    }
  }

  private func changing(
    _ bytes: [UInt8],
    file: String,
    _ change: ArgumentChange,
    owner: Ownership
  ) throws(LocatedError) -> [UInt8] {
    let lists = try locate(bytes, file: file)
    return try ArgumentListEdit(file: file, bytes: bytes, lists: lists)
      .applying(change, owner: owner)
  }

  /// The lists of a file that this target changes.
  private func locate(_ bytes: [UInt8], file: String) throws(LocatedError) -> [ArgumentList] {
    guard let format else {
      throw LocatedError(
        "\(name) is made of commands: there is no file of its own to read or change",
        file: file
      )
    }
    if let offset = UTF8Check.firstInvalid(bytes) {
      throw LocatedError(
        "not UTF-8 text",
        at: SourceLocation(of: offset, in: bytes, file: file)
      )
    }
    let found = lists.choose(from: try format.locate(FileSample(path: file, bytes: bytes), bytes))
    guard !found.isEmpty else { throw LocatedError(lists.missing, file: file) }
    return found
  }
}
