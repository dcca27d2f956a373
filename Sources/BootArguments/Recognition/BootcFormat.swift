internal import SourceText

extension KernelArgumentFormat {
  /// bootc's kargs.d: what an image adds, for the architectures that it names.
  static let bootcArguments = KernelArgumentFormat(
    name: "bootc",
    title: "bootc image (kargs.d)",
    markers: .kargs,
    recognizes: { sample in
      (sample.hasSuffix(".toml") || sample.path.contains("kargs.d/"))
        && (sample.hasLine(beginning: "kargs =") || sample.hasLine(beginning: "kargs="))
    },
    drafts: { (sample, bytes) throws(LocatedError) -> [CommandLineDraft] in
      let arrays = try TOMLKernelArguments.arrays(file: sample.path, bytes)
      guard let list = arrays["kargs"] else { return [] }
      let architectures = arrays["match-architectures"]?.items ?? []
      return [
        CommandLineDraft(
          fragments: list.items.map { $0.fragment.withoutTemplates },
          architectures: architectures.map { String(decoding: $0.text, as: UTF8.self) },
          isComplete: false
        )
      ]
    }
  )
}
