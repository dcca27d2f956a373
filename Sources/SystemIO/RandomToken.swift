/// A name that nobody guesses.
package enum RandomToken {
  /// So many random bytes of the kernel's, as lower-case hexadecimal digits.
  package static func hexadecimal(bytes: Int) -> String {
    // The generator of the standard library is getrandom(2) on Linux.
    var generator = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef")
    var text = ""
    for _ in 0..<bytes {
      let byte = UInt8.random(in: .min ... .max, using: &generator)
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }
}
