extension BootTarget {
  /// The running kernel: the onlining policy through sysfs, by tmpfiles.d at every boot.
  ///
  /// No reboot. Only memory that is added later follows the policy; zones that boot arguments make
  /// can't be changed in a running kernel.
  static let sysfs = BootTarget(
    name: "sysfs",
    title: "Running kernel (tmpfiles.d, no reboot)",
    documentation: TargetRow(
      place: "`/etc/tmpfiles.d/60-zonewise.conf`",
      reboot: "no",
      verified: "`systemd-tmpfiles --create` over a scratch root; read back"
    ),
    place: "/etc/tmpfiles.d/60-zonewise.conf",
    rebootNeeded: false,
    comment: .hash,
    setting: { path, value in RuntimeSetting.key(of: path).map { "\($0)=\(value)" } },
    refusal: { argument in
      guard RuntimeSetting.path(of: argument.key) != nil else {
        return "the kernel takes it only at boot; choose the target of your boot loader"
      }
      guard let value = argument.value, !value.isEmpty, value.utf8.allSatisfy(isPlain) else {
        return "its value must be one word of letters, digits, - and _"
      }
      return nil
    },
    body: { RuntimeSetting.lines($0.arguments) },
    apply: { _ in ["systemd-tmpfiles --create /etc/tmpfiles.d/60-zonewise.conf"] },
    rollback: { request in
      ["rm /etc/tmpfiles.d/60-zonewise.conf"]
        + request.arguments.compactMap { argument in
          guard let path = RuntimeSetting.path(of: argument.key) else { return nil }
          guard let value = RuntimeSetting.defaults[argument.key] else {
            return "# write to \(path) what it held before"
          }
          return "echo \(value) > \(path)"
        }
    },
    notes: { _ in
      [
        "without waiting for a boot and without the file: echo VALUE > PATH for each line",
        "set the policy before memory is added: it never moves what is online",
      ]
    },
    format: .tmpfiles
  )

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}
