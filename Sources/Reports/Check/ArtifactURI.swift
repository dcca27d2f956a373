/// A file's path as an RFC 3986 reference.
struct ArtifactURI: Hashable {
  let text: String
  /// Whether it is relative to the folder in which zonewise ran.
  let isRelative: Bool

  init(path: String) {
    isRelative = !path.hasPrefix("/")
    let plain = FilePathText.plain(path)
    var text = isRelative ? "" : "file://"
    for byte in plain.utf8 { Self.append(byte, to: &text) }
    self.text = text
  }

  private static func append(_ byte: UInt8, to text: inout String) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
      text.unicodeScalars.append(Unicode.Scalar(byte))
    // A colon would make a scheme of a first part.
    default:
      let hex = String(byte, radix: 16, uppercase: true)
      text += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
    }
  }
}
