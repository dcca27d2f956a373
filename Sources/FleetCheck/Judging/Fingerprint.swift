/// What a finding is known by when lines have moved: a hash over words that stay the same.
///
/// FNV-1a with 64 bits: the same on every machine and in every release.
struct Fingerprint {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ word: String) {
    for byte in word.utf8 { mix(byte) }
    // Words keep apart: no text of a file has this byte.
    mix(0xFF)
  }

  private mutating func mix(_ byte: UInt8) {
    hash ^= UInt64(byte)
    hash = hash &* 0x100_0000_01B3
  }

  var text: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  init(_ words: [String]) {
    for word in words { add(word) }
  }
}
