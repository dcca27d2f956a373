extension FileSample {
  /// Whether a text stands anywhere in the file.
  func contains(_ word: String) -> Bool { bytes.firstRange(of: Array(word.utf8)) != nil }
}
