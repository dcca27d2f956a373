/// A kind of file that carries kernel arguments.
package struct KernelArgumentFormat: Sendable {
  package let name: String
  package let title: String
  package let recognizes: @Sendable (FileSample) -> Bool
  package let read: @Sendable (FileSample) throws(BootArgumentsError) -> [LocatedCommandLine]

  /// A file must have one of the markers, else it is not looked at any further; `drafts` gets its
  /// text without a byte order mark.
  init(
    name: String,
    title: String,
    markers: FileMarkers,
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    drafts:
      @escaping @Sendable (FileSample, [UInt8]) throws(BootArgumentsError)
      -> [CommandLineDraft]
  ) {
    self.name = name
    self.title = title
    self.recognizes = { sample in
      !sample.markers.isDisjoint(with: markers) && !sample.markers.contains(.binary)
        && recognizes(sample)
    }
    read = { (sample: FileSample) throws(BootArgumentsError) -> [LocatedCommandLine] in
      let bytes = sample.text
      if let offset = UTF8Check.firstInvalid(bytes) {
        let place = TextPosition(of: offset, in: bytes)
        throw .file(sample.path, line: place.line, column: place.column, problem: "not UTF-8 text")
      }
      return try CommandLineDraft.locate(try drafts(sample, bytes), in: bytes, file: sample.path)
    }
  }

  /// A kind of file with one command line that a boot target reads too.
  init(
    _ target: BootTarget,
    markers: FileMarkers,
    isComplete: Bool = true,
    recognizes: @escaping @Sendable (FileSample) -> Bool
  ) {
    self.init(
      name: target.name,
      title: target.title,
      markers: markers,
      recognizes: recognizes
    ) { (sample, bytes) throws(BootArgumentsError) -> [CommandLineDraft] in
      guard let boot = try target.parse?(sample.path, bytes), !boot.fragments.isEmpty else {
        return []
      }
      return [CommandLineDraft(fragments: boot.fragments, isComplete: isComplete)]
    }
  }
}
