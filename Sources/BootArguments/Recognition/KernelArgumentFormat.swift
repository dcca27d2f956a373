package import SourceText

/// A kind of file that carries kernel arguments.
package struct KernelArgumentFormat: Sendable {
  typealias Drafts =
    @Sendable (FileSample, [UInt8]) throws(LocatedError) -> [CommandLineDraft]

  package let name: String
  package let title: String
  package let recognizes: @Sendable (FileSample) -> Bool
  /// The command lines of a text that is part of another file.
  let drafts: Drafts
  /// Whether it only looks for arguments in a text of any kind.
  let isLiteral: Bool
  /// Why a file of this kind is never read.
  private let problem: String?

  /// A file must have one of the markers, else it is not looked at any further; `drafts` gets its
  /// text without a byte order mark.
  init(
    name: String,
    title: String,
    markers: FileMarkers,
    isLiteral: Bool = false,
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    drafts: @escaping Drafts
  ) {
    self.name = name
    self.title = title
    self.isLiteral = isLiteral
    problem = nil
    self.recognizes = { sample in
      !sample.markers.isDisjoint(with: markers) && !sample.markers.contains(.binary)
        && recognizes(sample)
    }
    let guarded: Drafts = {
      (sample: FileSample, bytes: [UInt8]) throws(LocatedError) -> [CommandLineDraft] in
      do throws(LocatedError) {
        return try drafts(sample, bytes)
      } catch {
        // A template is no file of its kind before it is filled in.
        guard sample.isTemplate else { throw error }
        return LiteralText(bytes: bytes).drafts()
      }
    }
    self.drafts = guarded
  }

  /// The command lines of a file of this kind.
  package func read(_ sample: FileSample) throws(LocatedError) -> [LocatedCommandLine] {
    if let problem { throw LocatedError(problem, file: sample.path) }
    var bytes = sample.text
    if let offset = UTF8Check.firstInvalid(bytes) {
      guard isLiteral else {
        throw LocatedError(
          "not UTF-8 text: save it as UTF-8",
          at: SourceLocation(of: offset, in: bytes, file: sample.path)
        )
      }
      // Other files may have comments in any encoding; a byte stays a character.
      for index in bytes.indices where bytes[index] >= 0x80 { bytes[index] = UInt8(ascii: "?") }
    }
    return try CommandLineDraft.locate(
      try drafts(sample, bytes),
      in: bytes,
      file: sample.path,
      isLiteral: isLiteral
    )
  }

  /// A kind of YAML file, JSON among it.
  init(
    name: String,
    title: String,
    markers: FileMarkers,
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    search: @escaping @Sendable (YAMLSearch) throws(LocatedError) -> [CommandLineDraft]
  ) {
    self.init(name: name, title: title, markers: markers, recognizes: recognizes) {
      (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      let text = try YAMLText(file: sample.path, bytes)
      return try search(YAMLSearch(text: text, allowsEmbedded: !sample.isEmbedded))
    }
  }

  /// A kind of file with one command line that a boot target reads too.
  init(
    _ target: BootTarget,
    markers: FileMarkers,
    isComplete: Bool,
    recognizes: @escaping @Sendable (FileSample) -> Bool
  ) {
    self.init(
      name: target.name,
      title: target.title,
      markers: markers,
      recognizes: recognizes
    ) { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      guard let boot = try target.parse?(sample.path, bytes), !boot.fragments.isEmpty else {
        return []
      }
      return [
        CommandLineDraft(
          fragments: boot.fragments.map { $0.withoutTemplates },
          isComplete: isComplete
        )
      ]
    }
  }

  /// Text in an encoding that no boot loader reads.
  private init(
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    problem: String
  ) {
    name = "utf-16"
    title = "UTF-16 text"
    isLiteral = true
    self.recognizes = recognizes
    drafts = { (_: FileSample, _: [UInt8]) throws(LocatedError) -> [CommandLineDraft] in [] }
    self.problem = problem
  }

  /// Editors on other systems save so; what is in it must still be a file of some kind here.
  static let utf16 = KernelArgumentFormat(
    recognizes: { sample in
      guard sample.bytes.starts(with: [0xFF, 0xFE]) || sample.bytes.starts(with: [0xFE, 0xFF])
      else { return false }
      let text = sample.bytes.dropFirst(2).filter { $0 != 0 }
      return KernelArgumentFormats.format(of: FileSample(path: sample.path, bytes: text)) != nil
    },
    problem: "UTF-16 text: save it as UTF-8"
  )
}
