extension BootTarget {
  /// Settings of the running kernel, by sysctl.d at every boot.
  static let sysctl = BootTarget(
    name: "sysctl",
    title: "Running kernel (sysctl.d, no reboot)",
    documentation: TargetRow(
      place: "`/etc/sysctl.d/60-zonewise.conf`",
      reboot: "no",
      verified: "read back by `check`. sysctl itself was not run"
    ),
    place: "/etc/sysctl.d/60-zonewise.conf",
    rebootNeeded: false,
    isForSettings: true,
    comment: .hash,
    setting: { path, value in
      guard path.hasPrefix(folder) else { return nil }
      let name = path.dropFirst(folder.count).replacing("/", with: ".")
      return value.contains(" ") ? "\(prefix)\(name)=\"\(value)\"" : "\(prefix)\(name)=\(value)"
    },
    refusal: { argument in
      guard argument.key.hasPrefix(prefix) else {
        return "it is no sysctl; choose the target of your boot loader"
      }
      guard let value = argument.value, !value.isEmpty, value.utf8.allSatisfy(isPlain) else {
        return "its value must be numbers and words with blanks between them"
      }
      return nil
    },
    body: { request in
      request.arguments.map { argument in
        "\(argument.key.dropFirst(prefix.count)) = \(argument.value ?? "")\n"
      }.joined()
    },
    apply: { _ in ["sysctl -p /etc/sysctl.d/60-zonewise.conf"] },
    rollback: { request in
      ["rm /etc/sysctl.d/60-zonewise.conf"]
        + request.arguments.map { "# set \($0.key.dropFirst(prefix.count)) to what it was before" }
    },
    notes: { _ in
      ["a file of sysctl.d with a later name wins: look for the same names in the others"]
    }
  )

  private static let folder = "/proc/sys/"
  private static let prefix = "sysctl."

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x20: true
    default: false
    }
  }
}
