internal import SourceText

extension BootTarget {
  /// bootc: a file in the image, `kargs = […]`.
  static let bootc = BootTarget(
    name: "bootc",
    title: "bootc image (kargs.d)",
    place: "/usr/lib/bootc/kargs.d/60-zonewise.toml",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      let items = request.arguments.map { TOMLText.string($0.word) }.joined(separator: ", ")
      return "kargs = [\(items)]\n"
    },
    apply: { _ in
      ["# put the file into the image and build it", "bootc upgrade", "systemctl reboot"]
    },
    rollback: { _ in
      ["# take the file out of the image and build it", "bootc upgrade", "systemctl reboot"]
    },
    notes: { request in
      let going = request.removalWords
      let base = ["match-architectures = [\"x86_64\"] would keep it to one architecture"]
      guard !going.isEmpty else { return base }
      return base + [
        "\(going.joined(separator: ", ")) must not come from another file in kargs.d: a file can't "
          + "remove another's arguments"
      ]
    },
    parse: { (file, bytes) throws(LocatedError) in
      try TOMLKernelArguments.parse(file: file, bytes)
    }
  )
}
