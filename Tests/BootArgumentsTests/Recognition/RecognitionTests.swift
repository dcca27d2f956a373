import BootArguments
import Testing

@Suite("Recognizing files with kernel arguments")
struct RecognitionTests {
  typealias Fixture = RecognitionFixture

  @Test("Every kind is recognized and read", arguments: Fixture.samples.indices)
  func samples(index: Int) throws {
    let sample = Fixture.samples[index]
    let file = FileSample(path: sample.path, bytes: Array(sample.text.utf8))
    #expect(KernelArgumentFormats.format(of: file)?.name == sample.format, "\(sample.path)")
    let lines = try Fixture.read(sample.text, path: sample.path)
    #expect(lines.map { Fixture.summary($0) } == sample.lines, "\(sample.path)")
  }

  @Test("The caret is under each argument", arguments: Fixture.samples.indices)
  func places(index: Int) throws {
    let sample = Fixture.samples[index]
    let bytes = Array(sample.text.utf8)
    for argument in try Fixture.read(sample.text, path: sample.path).flatMap({ $0.arguments }) {
      let line = try #require(argument.position.lineText(in: bytes)).unicodeScalars
      let found = line.dropFirst(argument.position.column - 1).prefix(argument.length)
      let word = argument.argument.word
      // A field of its own has the value only, or the name and the value apart.
      let (name, value) = (argument.argument.name, argument.argument.value)
      let expected = [word, value ?? word, "\(name), value: \(value ?? "")"]
      #expect(
        expected.contains(String(String.UnicodeScalarView(found)))
          || sample.format == "ansible" && found.elementsEqual(name.unicodeScalars),
        "\(sample.path): \(word)"
      )
    }
  }

  @Test("Only the search for arguments in any text may take a file that another format knows")
  func exactlyOne() {
    let literal: Set = ["yaml", "text"]
    for sample in Fixture.samples {
      let file = FileSample(path: sample.path, bytes: Array(sample.text.utf8))
      let names = KernelArgumentFormats.all.filter { $0.recognizes(file) }.map { $0.name }
      let native = names.filter { !literal.contains($0) }
      #expect(
        native == (literal.contains(sample.format) ? [] : [sample.format]),
        "\(sample.path): \(names)"
      )
    }
    let names = KernelArgumentFormats.all.map { $0.name }
    #expect(Set(names).count == names.count)
    #expect(Set(Fixture.samples.map { $0.format }).union(["utf-16"]) == Set(names))
  }

  @Test("Other texts yield nothing", arguments: Fixture.nothing.indices)
  func nothing(index: Int) throws {
    let (path, text) = Fixture.nothing[index]
    #expect(try Fixture.read(text, path: path).flatMap { $0.arguments }.isEmpty, "\(path)")
  }
}
