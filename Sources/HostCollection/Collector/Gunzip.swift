internal import CZlib

/// Unpacks gzip, with a bound on what comes out.
enum Gunzip {
  /// What the kernel packs is text in a capture: the bytes unpacked where they are gzip's, else as
  /// they are; nil as for `unpack`.
  static func unpackedIfPacked(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    bytes.starts(with: [0x1F, 0x8B]) ? unpack(bytes, limit: limit) : bytes
  }

  /// The unpacked bytes, or nil where the stream is damaged or larger than `limit`.
  static func unpack(_ packed: [UInt8], limit: Int) -> [UInt8]? {
    var stream = unsafe z_stream()
    guard unsafe zonewise_inflate_init(&stream) == Z_OK else { return nil }
    defer { unsafe inflateEnd(&stream) }
    var packed = packed
    var output = [UInt8](repeating: 0, count: min(max(packed.count * 8, 4096), limit))
    let inputCount = packed.count
    return unsafe packed.withUnsafeMutableBufferPointer { input in
      unsafe stream.next_in = input.baseAddress
      unsafe stream.avail_in = UInt32(inputCount)
      while true {
        let done = unsafe Int(stream.total_out)
        if done == output.count {
          guard output.count < limit else { return nil }
          output += [UInt8](repeating: 0, count: min(output.count, limit - output.count))
        }
        // zlib writes at most `avail_out` bytes behind what it has written so far.
        let result = unsafe output.withUnsafeMutableBufferPointer { buffer in
          unsafe stream.next_out = buffer.baseAddress.map { unsafe $0 + done }
          unsafe stream.avail_out = UInt32(buffer.count - done)
          return unsafe inflate(&stream, Z_NO_FLUSH)
        }
        if result == Z_STREAM_END {
          return unsafe Array(output.prefix(Int(stream.total_out)))
        }
        guard result == Z_OK else { return nil }
      }
    }
  }
}
