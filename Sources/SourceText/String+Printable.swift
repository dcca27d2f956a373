extension String {
  /// Without control characters: names and paths of strangers must not steer a terminal.
  package var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "?" : $0 }))
  }
}

extension Unicode.Scalar {
  /// The control characters of ASCII and of Latin-1, which terminals obey.
  package var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
