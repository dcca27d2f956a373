package import KernelText
internal import SystemIO

/// Reads a boot log of any size from a file or from standard input.
package enum BootLogSource {
  package static func read(_ path: String) throws(CollectionError) -> BootLog {
    let file = path == "-" ? "standard input" : path
    var log = BootLogText(file: file)
    // What it is if it is no boot log shows at its beginning.
    var head: [UInt8] = []
    do throws(ReadFailure) {
      let reader = try ChunkReader(path)
      var buffer: [UInt8] = []
      while try reader.next(into: &buffer) {
        log.feed(buffer.span)
        if head.count < headSize { head += buffer.prefix(headSize - head.count) }
      }
    } catch {
      throw error == .missing ? .sourceMissing(path) : .unreadable(path: file, error)
    }
    return try finish(&log, file: file, head: head)
  }

  /// Reads a log that was opened already.
  package static func read(_ input: SourceInput) throws(CollectionError) -> BootLog {
    var log = BootLogText(file: input.name)
    log.feed(input.head.span)
    var piece: [UInt8] = []
    while try input.next(into: &piece) { log.feed(piece.span) }
    return try finish(&log, file: input.name, head: input.head)
  }

  /// Reads a log that was packed.
  package static func read(_ bytes: [UInt8], name: String) throws(CollectionError) -> BootLog {
    var log = BootLogText(file: name)
    log.feed(bytes.span)
    return try finish(&log, file: name, head: bytes)
  }

  private static func finish(
    _ log: inout BootLogText,
    file: String,
    head: [UInt8]
  ) throws(CollectionError) -> BootLog {
    do throws(ParseError) {
      return try log.finish()
    } catch {
      if case .headerMissing = error.reason {
        throw .recognized(path: file, RecognizedText(head))
      }
      throw .refused(error)
    }
  }

  private static let headSize = 256 << 10
}
