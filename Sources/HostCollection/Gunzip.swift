/// Unpacks one compressed file that is in memory, with a bound on what comes out.
enum Gunzip {
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
