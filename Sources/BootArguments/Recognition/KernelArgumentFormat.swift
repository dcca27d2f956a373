package import SourceText

/// A kind of file that carries kernel arguments, and the one place that knows where in it.
package struct KernelArgumentFormat: Sendable {
  typealias Locator =
    @Sendable (FileSample, [UInt8]) throws(LocatedError) -> [ArgumentList]

  package let name: String
  package let title: String
  let documentation: FormatRow
  package let recognizes: @Sendable (FileSample) -> Bool
  /// The lists of arguments in a text, without a byte order mark; also places where one belongs.
  let locate: Locator
  /// Whether it only looks for arguments in a text of any kind.
  package let isLiteral: Bool
  /// Words of which a file must have one.
  let markers: FileMarkers

  /// A file must have one of the markers, else it is not looked at any further.
  init(
    name: String,
    title: String,
    documentation: FormatRow,
    markers: FileMarkers,
    isLiteral: Bool = false,
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    locate: @escaping Locator
  ) {
    self.name = name
    self.title = title
    self.documentation = documentation
    self.isLiteral = isLiteral
    self.locate = locate
    self.markers = markers
    self.recognizes = { sample in
      !sample.markers.isDisjoint(with: markers) && !sample.markers.contains(.binary)
        && recognizes(sample)
    }
  }

  /// A kind of YAML file, JSON among it.
  init(
    name: String,
    title: String,
    documentation: FormatRow,
    markers: FileMarkers,
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    search: @escaping @Sendable (YAMLSearch) throws(LocatedError) -> [ArgumentList]
  ) {
    self.init(
      name: name,
      title: title,
      documentation: documentation,
      markers: markers,
      recognizes: recognizes
    ) {
      (sample, bytes) throws(LocatedError) -> [ArgumentList] in
      let text = try YAMLText(file: sample.path, bytes)
      return try search(YAMLSearch(text: text, allowsEmbedded: !sample.isEmbedded))
    }
  }

  /// A kind of file with one list that says nothing of itself.
  init(
    name: String,
    title: String,
    documentation: FormatRow,
    markers: FileMarkers,
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    list: @escaping @Sendable (String, [UInt8]) throws(LocatedError) -> ArgumentList
  ) {
    self.init(
      name: name,
      title: title,
      documentation: documentation,
      markers: markers,
      recognizes: recognizes
    ) {
      (sample, bytes) throws(LocatedError) -> [ArgumentList] in [try list(sample.path, bytes)]
    }
  }

  private init(
    name: String,
    title: String,
    documentation: FormatRow,
    recognizes: @escaping @Sendable (FileSample) -> Bool,
    problem: String
  ) {
    self.name = name
    self.title = title
    self.documentation = documentation
    self.recognizes = recognizes
    isLiteral = true
    markers = []
    locate = { (sample: FileSample, _: [UInt8]) throws(LocatedError) -> [ArgumentList] in
      throw LocatedError(problem, file: sample.path)
    }
  }

  /// Text in an encoding that no boot loader reads. Editors on other systems save so; what is in it
  /// must still be a file of some kind here.
  static let utf16 = KernelArgumentFormat(
    name: "utf-16",
    title: "UTF-16 text",
    documentation: FormatRow(
      recognizedBy: "a byte order mark, and text that would be one of the others",
      read: "nothing: an error that says to save it as UTF-8",
      notRead: ""
    ),
    recognizes: { sample in
      guard sample.bytes.starts(with: [0xFF, 0xFE]) || sample.bytes.starts(with: [0xFE, 0xFF])
      else { return false }
      let text = sample.bytes.dropFirst(2).filter { $0 != 0 }
      return KernelArgumentFormats.format(of: FileSample(path: sample.path, bytes: text)) != nil
    },
    problem: "UTF-16 text: save it as UTF-8"
  )

  // MARK: Reading

  /// Every command line in a file, its arguments with their places.
  package func read(_ sample: FileSample) throws(LocatedError) -> [LocatedCommandLine] {
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
    var lists = try locateOrSearch(sample, bytes)
    if isLiteral {
      for index in lists.indices where lists[index].confidence == .stated {
        lists[index].confidence = .found
      }
      // Of several lines nobody knows whose the memory is.
      let onlining = lists.indices.filter { lists[$0].saysWhatOnlines }
      if onlining.count == 1, lists[onlining[0]].guest == nil {
        lists[onlining[0]].guest = GuestOptions.memory(in: bytes)
      } else if lists.isEmpty, let guest = GuestOptions.memory(in: bytes) {
        lists.append(ArgumentList(guest: guest))
      }
    }
    lists += kubeletReservations(in: sample, bytes)
    return try LocatedCommandLine.locate(
      lists,
      in: bytes,
      file: sample.path,
      isLiteral: isLiteral
    )
  }

  /// What a kubelet's configuration beside the arguments keeps: it may be one document of many.
  private func kubeletReservations(in sample: FileSample, _ bytes: [UInt8]) -> [ArgumentList] {
    let kubelet = KernelArgumentFormat.kubelet
    guard name != kubelet.name, sample.keepsNodeMemory else { return [] }
    return (try? kubelet.locate(sample, bytes)) ?? []
  }

  /// The lists of a text; a template, which is no file of its kind before it is filled in, is only
  /// searched for arguments.
  func locateOrSearch(
    _ sample: FileSample,
    _ bytes: [UInt8]
  ) throws(LocatedError) -> [ArgumentList] {
    do throws(LocatedError) {
      return try locate(sample, bytes)
    } catch {
      guard sample.isTemplate else { throw error }
      return LiteralText(bytes: bytes).lists()
    }
  }
}
