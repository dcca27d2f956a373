internal import HostCollection
internal import SourceText
internal import SystemIO

/// An output that is written while a command is at work: a file that is there whole or not at all, or
/// standard output.
struct StreamedOutput {
  /// Nil for standard output.
  private let file: AtomicFile?
  private let isMute: Bool
  private(set) var pending: [UInt8] = []

  /// Bytes that are written together.
  private static let together = 256 << 10

  /// Opens the file; nil stands for standard output, which stays empty where quiet was asked for.
  init(file: String?, isQuiet: Bool) throws(AtomicFile.Failure) {
    self.file = try file.map { (path) throws(AtomicFile.Failure) in try AtomicFile(path) }
    isMute = file == nil && isQuiet
  }

  /// Lets something append its bytes, and writes them where there are enough.
  mutating func append(_ make: (inout [UInt8]) -> Void) throws(AtomicFile.Failure) {
    make(&pending)
    if pending.count >= Self.together { try flush() }
  }

  /// Lets something hand on its pieces; after the first that can't be written none is.
  mutating func write(
    _ make: ((_ put: ([UInt8]) -> Void) throws(LocatedError) -> Void)
  ) throws {
    var failure: AtomicFile.Failure?
    try make { bytes in
      guard failure == nil else { return }
      do throws(AtomicFile.Failure) { try append { $0 += bytes } } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Writes what there is to standard output, where somebody may be reading along.
  mutating func show() throws(AtomicFile.Failure) { if file == nil { try flush() } }

  /// Adds bytes without writing any yet.
  mutating func hold(_ bytes: [UInt8]) { pending += bytes }

  /// Writes what is left; only now is a file there.
  mutating func end() throws(AtomicFile.Failure) {
    try flush()
    try file?.commit()
  }

  private mutating func flush() throws(AtomicFile.Failure) {
    guard !pending.isEmpty else { return }
    if let file {
      try file.write(pending)
    } else if !isMute {
      Console.write(pending)
    }
    pending.removeAll(keepingCapacity: true)
  }
}
