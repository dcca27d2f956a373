internal import Foundation
internal import KernelText
internal import SourceText
import TestSupport

/// Texts captured on real machines, under Tests/Fixtures/Text.
enum TextFixture {
  static func bytes(_ path: String) throws -> [UInt8] {
    try Fixtures.bytes("Text/" + path)
  }

  /// What a parser makes of a text: its value, or the error that it threw.
  static func parse<Value>(
    _ text: String,
    _ parse: (Span<UInt8>) throws(ParseError) -> Value
  ) -> Result<Value, ParseError> {
    let bytes = Array(text.utf8)
    do throws(ParseError) { return .success(try parse(bytes.span)) } catch {
      return .failure(error)
    }
  }
}

extension Result where Failure == ParseError {
  var reason: ParseError.Reason? {
    guard case .failure(let error) = self else { return nil }
    return error.reason
  }

  var line: Int? {
    guard case .failure(let error) = self else { return nil }
    return error.place.line
  }
}
