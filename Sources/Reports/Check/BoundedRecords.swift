/// Rendered pieces that have to wait for the end of a document, up to a limit of bytes.
///
/// A million inputs that can't be read must not fill the memory: the first ones are kept, all are
/// counted.
struct BoundedRecords: Sendable {
  static let limit = 4 << 20

  /// The pieces kept, with a separator between them.
  private(set) var bytes: [UInt8] = []
  private(set) var kept = 0
  private(set) var omitted = 0
  private let separator: [UInt8]

  init(separator: String) { self.separator = Array(separator.utf8) }

  mutating func add(_ piece: [UInt8]) {
    // What came first stays first, and what is kept has no gaps.
    guard omitted == 0, bytes.count + piece.count <= Self.limit else {
      omitted += 1
      return
    }
    if kept > 0 { bytes += separator }
    bytes += piece
    kept += 1
  }
}
