internal import SourceText

/// Where arguments go that a list does not have yet.
enum ArgumentInsertion: Sendable {
  /// Text that is put into a file.
  struct Placement: Sendable {
    var offset: Int
    var render: @Sendable ([BootArgument]) -> String
  }

  /// Behind the last argument of the list's last piece.
  case last
  /// Behind the last argument of another one.
  case fragment(Int)
  /// At several places, where one is not enough.
  case texts([Placement])
  /// Nowhere without guessing.
  case refused(LocatedError)

  static func text(
    at offset: Int,
    render: @escaping @Sendable ([BootArgument]) -> String
  ) -> ArgumentInsertion {
    .texts([Placement(offset: offset, render: render)])
  }

  /// Lines of their own at the end of a text.
  static func line(
    endOf bytes: [UInt8],
    render: @escaping @Sendable ([BootArgument]) -> String
  ) -> ArgumentInsertion {
    let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
    return .text(at: bytes.count) { (needsBreak ? "\n" : "") + render($0) + "\n" }
  }
}

extension [BootArgument] {
  /// As one line.
  var line: String { map { $0.word }.joined(separator: " ") }
}
