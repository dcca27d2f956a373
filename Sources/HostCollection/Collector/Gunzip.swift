/// Unpacks one compressed file that is in memory, with a bound on what comes out.
enum Gunzip {
  /// What the kernel packs is text in a capture: the bytes unpacked where they are gzip's, else as
  /// they are; nil as for `unpack`.
  static func unpackedIfPacked(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    bytes.starts(with: [0x1F, 0x8B]) ? unpack(bytes, limit: limit) : bytes
  }

  /// The unpacked bytes, or nil where the stream is damaged or larger than `limit`.
  static func unpack(_ packed: [UInt8], limit: Int) -> [UInt8]? {
    do throws(ArchiveStream.Damage) {
      let stream = try ArchiveStream(bytes: packed)
      guard let entry = try stream.next(), !entry.isArchived else { return nil }
      var output: [UInt8] = []
      while try stream.read(room: 64 << 10, appendingTo: &output) {
        guard output.count <= limit else { return nil }
      }
      return output
    } catch {
      return nil
    }
  }
}
