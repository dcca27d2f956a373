internal import Glibc
internal import HostModel
internal import SystemIO

/// /proc/kpageflags: eight bytes of flags for each page frame, for root.
///
/// Read in pieces: 2 GiB of it stand for 1 TiB of memory.
package struct PageFlagsFile: ~Copyable {
  private let descriptor: Int32
  private var buffer = [UInt64](repeating: 0, count: 1 << 15)

  init(path: String) throws(ReadFailure) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last }
  }

  deinit { close(descriptor) }

  /// Counts the pages of a range by their flags; frames behind the end of the file are absent.
  mutating func tally(firstFrame: UInt64, pages: UInt64) throws(ReadFailure) -> PageTally {
    var tally = PageTally()
    var done: UInt64 = 0
    while done < pages {
      let wanted = Int(min(pages - done, UInt64(buffer.count)))
      let count = try read(at: firstFrame + done, count: wanted)
      if count == 0 {
        tally.absent += pages - done
        return tally
      }
      for flags in buffer[..<count] { tally.add(flags: flags) }
      done += UInt64(count)
    }
    return tally
  }

  /// How many entries came, from the frame on.
  private mutating func read(at frame: UInt64, count: Int) throws(ReadFailure) -> Int {
    guard frame < 1 << 59 else { return 0 }
    let offset = Int(frame * 8)
    while true {
      let descriptor = descriptor
      // The buffer holds `buffer.count` entries of eight bytes, and `count` is not above that.
      let bytes = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe pread(descriptor, buffer.baseAddress, min(count * 8, buffer.count), offset)
      }
      if bytes >= 0 { return bytes / 8 }
      if errno != EINTR { throw .last }
    }
  }
}
