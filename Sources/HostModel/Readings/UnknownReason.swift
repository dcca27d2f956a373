/// Why a value is not known, in the words that the report prints.
@usableFromInline
package indirect enum UnknownReason: Hashable, Sendable {
  /// The input was read, but this kernel does not print the field.
  case notReported(input: String, field: String)
  /// The input does not exist on this host or in this dump.
  case missing(input: String)
  /// The input exists and could not be read.
  case unreadable(input: String, cause: String)
  /// The input was read and holds something that can't be true.
  case rejected(input: String, field: String, why: String)
  /// Nobody asked for it: what would is named, an option or a command.
  case notAsked(input: String, option: String)
  /// It can't be worked out from what is known.
  case undetermined(String)

  /// The input that would have told, where there is one.
  package var input: String? {
    switch self {
    case .notReported(let input, _), .missing(let input), .unreadable(let input, _),
      .rejected(let input, _, _), .notAsked(let input, _):
      input
    case .undetermined:
      nil
    }
  }
}

extension UnknownReason: CustomStringConvertible {
  @usableFromInline
  package var description: String {
    switch self {
    case .notReported(let input, let field): "\(field) is not reported in \(input)"
    case .missing(let input): "\(input) is not there"
    case .unreadable(let input, let cause): "\(input): \(cause)"
    case .rejected(let input, let field, let why): "\(field) in \(input) is refused: \(why)"
    case .notAsked(let input, let option): "\(input) is read only with \(option)"
    case .undetermined(let why): why
    }
  }
}
