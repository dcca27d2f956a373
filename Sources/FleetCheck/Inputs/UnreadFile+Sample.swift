internal import BootArguments
internal import SourceText

extension UnreadFile {
  /// What a file holds that nobody reads; nil where it holds no argument.
  init?(_ sample: FileSample, isNamed: Bool) {
    // A walk leaves binary files alone: kernels and their modules hold every name there is.
    guard isNamed || !sample.isBinary, let (offset, word) = sample.firstArgument else { return nil }
    var reason =
      sample.unreadKind.map { "\($0) is not read for arguments" }
      ?? "it is not read as an argument: it is in a comment or a sentence, or made of variables"
    if isNamed { reason += "; \(sample.nearForms)" }
    self.init(
      place: SourceLocation(of: offset, in: sample.bytes, file: sample.path),
      argument: word,
      reason: reason,
      isNamed: isNamed
    )
  }
}
