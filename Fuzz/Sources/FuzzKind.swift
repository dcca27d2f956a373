internal import Glibc

/// One kind of input, and everything that is done with it.
struct FuzzKind: Sendable {
  let name: String
  let run: @Sendable ([UInt8]) -> Void

  /// In the order of Documentation/fuzzing.md.
  static let all: [FuzzKind] =
    kernelTexts + logs + bootFiles + documents + hosts + [commandLine, values, arguments]

  /// A kind of many texts: an input's first byte says which of them it is.
  static func choice(
    _ name: String,
    of readers: [@Sendable ([UInt8]) throws -> Void]
  ) -> FuzzKind {
    FuzzKind(name: name) { bytes in
      guard let first = bytes.first else { return }
      try? readers[Int(first) % readers.count](Array(bytes.dropFirst()))
    }
  }

  /// A property that does not hold, which libFuzzer takes for a crash.
  static func fail(_ what: String) -> Never {
    let line = Array("FAILED: \(what)\n".utf8)
    // Exactly the bytes of the line.
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
  }

  static func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fail(what()) }
  }
}
