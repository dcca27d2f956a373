internal import BootArguments
internal import SourceText
internal import Testing

/// What coverage-guided fuzzing found in boot files (Documentation/fuzzing.md).
@Suite("Boot files with bytes that no editor writes")
struct StrangeBytesTests {
  private static let invalid: [UInt8] = [0xFF, 0xFE, 0xFF, 0xF0, 0x9F]

  @Test("A board's file with bytes that are no UTF-8 beside a variable is refused aloud")
  func board() throws {
    let bytes =
      Array("BOARD_KERNEL_CMDLINE := console=ttyMSM1 cma=8M $".utf8) + Self.invalid
      + Array("(EXTRA) kernelcore=1G\n".utf8)
    let sample = FileSample(path: "BoardConfig.mk", bytes: bytes)
    let format = try #require(KernelArgumentFormats.format(of: sample))
    let error = #expect(throws: LocatedError.self) { try format.read(sample) }
    let said = error.map { "\($0)" } ?? ""
    #expect(said.contains("BoardConfig.mk:1:49: not UTF-8"), "\(said)")
  }

  @Test("No format traps on such bytes", arguments: KernelArgumentFormats.all.map(\.name))
  func every(_ name: String) throws {
    let format = try #require(KernelArgumentFormats.all.first { $0.name == name })
    for start in [
      "parameters=\"a $", "options ro $", "cmdline: \"a ${", "[\"quiet $", "a = [ \"${",
    ] {
      let bytes = Array(start.utf8) + Self.invalid + Array("x} kernelcore=1G\"]\n".utf8)
      let lines = (try? format.read(FileSample(path: "etc/file", bytes: bytes))) ?? []
      for argument in lines.flatMap(\.arguments) {
        #expect(argument.place.line(in: bytes) != nil, "\(start)")
      }
    }
  }

  @Test("zipl's parameters have nothing between their name and the sign")
  func zipl() throws {
    let format = try #require(KernelArgumentFormats.all.first { $0.name == "zipl" })
    func names(_ line: String) throws -> [String] {
      let text = "target=/boot\n\(line)\"ro quiet\"\n"
      return try format.read(FileSample(path: "zipl.conf", bytes: Array(text.utf8)))
        .flatMap(\.arguments).map(\.argument.name)
    }
    #expect(try names("parameters =") == ["ro", "quiet"])
    #expect(try names("parameters\u{7}# x=") == [])
  }
}
