extension BootTarget {
  /// bootc: a file in the image, `kargs = […]`.
  static let bootc = BootTarget(
    name: "bootc",
    title: "bootc image (kargs.d)",
    documentation: TargetRow(
      place: "`/usr/lib/bootc/kargs.d/60-zonewise.toml`",
      reboot: "yes",
      verified: """
        a TOML reader (tomllib), strict field names; read back. bootc itself was not run
        """
    ),
    place: "/usr/lib/bootc/kargs.d/60-zonewise.toml",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { KernelArgumentFormat.bootcAssignment($0.arguments) + "\n" },
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
    format: .bootcArguments
  )
}
