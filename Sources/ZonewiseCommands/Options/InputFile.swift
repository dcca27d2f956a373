internal import SystemIO

/// A file whose bytes the user hands over: by name, or `-` for standard input.
enum InputFile {
  /// Its bytes, unchanged. Pipes are read as well, so that a shell's `<(…)` works.
  static func bytes(_ path: String, limit: Int = 16 << 20) throws(NothingJudged) -> [UInt8] {
    do throws(ReadFailure) {
      return try ChunkReader(path).all(limit: limit)
    } catch {
      throw NothingJudged(message: "\(path): \(error)")
    }
  }
}
