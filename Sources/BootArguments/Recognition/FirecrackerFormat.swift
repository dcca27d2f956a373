internal import SourceText

extension KernelArgumentFormat {
  /// Firecracker's configuration: `boot-source.boot_args`.
  static let firecracker = KernelArgumentFormat(
    name: "firecracker",
    title: "Firecracker configuration (JSON)",
    markers: .bootArgs,
    recognizes: { sample in
      sample.firstByte == UInt8(ascii: "{") && sample.hasLine(beginning: "\"boot_args\"")
        || sample.firstByte == UInt8(ascii: "{")
          && sample.text.firstRange(of: Array("\"boot-source\"".utf8)) != nil
    },
    search: { (search) throws(LocatedError) -> [CommandLineDraft] in
      return search.places().compactMap { place in
        YAMLSearch.value("boot_args", of: place.node).flatMap { search.fragment($0) }
          .map { CommandLineDraft(fragments: [$0]) }
      }
    }
  )
}
