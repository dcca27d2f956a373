package import SourceText

/// A report's text, of which pieces are read as they are asked for: that of a large fleet is not held.
package protocol ReportBytes: Sendable {
  var count: Int { get }

  /// The bytes of a range, which lies in the text.
  func bytes(in range: Range<Int>) throws(LocatedError) -> [UInt8]
}
