internal import SourceText
internal import Testing

@Suite("JSON")
struct JSONWriterTests {
  @Test("escapes what a string must not hold as it is")
  func escapes() {
    var writer = JSONWriter(pretty: false)
    writer.object { $0.string("a\"\\", "line\nend\u{01}\t") }
    #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a\"\\":"line\nend\u0001\t"}"#)
  }
}
