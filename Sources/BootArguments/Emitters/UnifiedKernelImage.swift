internal import SourceText

extension BootTarget {
  /// A unified kernel image: an addon that carries only arguments, beside the image.
  ///
  /// Under Secure Boot the command line of an image can't be edited at boot; a signed addon can add
  /// to it. It can't take anything out: for that the image itself is made anew.
  static let uki = BootTarget(
    name: "uki",
    title: "Unified kernel image (addon)",
    kind: .commands,
    place: "/boot/efi/EFI/Linux/<image>.efi.extra.d/zonewise.addon.efi",
    comment: .hash,
    refusal: { argument in
      argument.word.hasPrefix("@") ? "ukify reads a file where a command line begins with @" : nil
    },
    body: { request in
      """
      ukify build --cmdline=\(ShellText.word(request.line)) --output=zonewise.addon.efi
      # under Secure Boot add: --secureboot-private-key=KEY --secureboot-certificate=CERT
      mkdir -p /boot/efi/EFI/Linux/IMAGE.efi.extra.d
      cp zonewise.addon.efi /boot/efi/EFI/Linux/IMAGE.efi.extra.d/

      """
    },
    apply: { _ in ["# put the image's name for IMAGE and run the commands", "# reboot"] },
    rollback: { _ in
      ["rm /boot/efi/EFI/Linux/IMAGE.efi.extra.d/zonewise.addon.efi", "# reboot"]
    },
    notes: { request in
      let going = request.removalWords
      guard !going.isEmpty else { return [] }
      return [
        "an addon only adds: where the image has \(going.joined(separator: " or ")), "
          + "make the image anew without it"
      ]
    }
  )
}
