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
