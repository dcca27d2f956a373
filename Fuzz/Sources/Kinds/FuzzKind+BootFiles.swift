internal import BootArguments
internal import SourceText

extension FuzzKind {
  /// Files that carry kernel arguments, by the languages that they are written in.
  static let bootFiles: [FuzzKind] = [
    family(
      "boot-shell",
      ["grub", "kickstart", "shell-variables", "android", "u-boot", "grub.cfg", "zipl", "refind"]
    ),
    family(
      "boot-lines",
      [
        "bls", "syslinux", "lilo", "limine", "ipxe", "raspberry-pi", "petitboot", "proxmox",
        "cmdline", "sysctl", "udev-rules", "tmpfiles", "wsl", "mkosi", "tuned", "kernel-config",
      ]
    ),
    family(
      "boot-yaml",
      ["cloud-init", "butane", "openshift", "talos", "ansible", "incus", "kubelet", "values"]
    ),
    family(
      "boot-json",
      ["ignition", "firecracker", "cloud-hypervisor", "image-customizer", "talos", "values"]
    ),
    family("boot-toml", ["bottlerocket", "bootc", "kata"]),
    family("boot-xml", ["libvirt"]),
    family("boot-nested", ["nixos", "device-tree", "bootconfig", "packer"]),
    family("boot-source", ["source", "literals", "text", "any"]),
    FuzzKind(name: "boot-any") { bytes in
      let names = [
        "grub", "a.conf", "a.yaml", "a.json", "a.toml", "a.xml", "a.ks", "Dockerfile", "a.py",
        "a.sh", "a.cfg", "a", "a.nix", "a.rules", "a.ign", "Kconfig",
      ]
      guard let first = bytes.first else { return }
      let sample = FileSample(
        path: names[Int(first) % names.count],
        bytes: Array(bytes.dropFirst())
      )
      guard let format = KernelArgumentFormats.format(of: sample) else {
        _ = sample.nearForms
        return
      }
      read(sample, as: format)
    },
  ]

  private static func family(_ name: String, _ formats: [String]) -> FuzzKind {
    let known = KernelArgumentFormats.all.filter { formats.contains($0.name) }
    return FuzzKind(name: name) { bytes in
      guard let first = bytes.first else { return }
      let sample = FileSample(path: "etc/\(name)", bytes: Array(bytes.dropFirst()))
      read(sample, as: known[Int(first) % known.count])
    }
  }

  private static let change = try? ArgumentChange(
    setting: ["movablecore=2G", "hugepages=16"],
    removing: ["kernelcore", "quiet"]
  )

  /// Every argument stands where the text has it, and a changed file reads as it was meant.
  private static func read(_ sample: FileSample, as format: KernelArgumentFormat) {
    guard let lines = try? format.read(sample) else { return }
    for argument in lines.flatMap(\.arguments) {
      expect(argument.place.line(in: sample.bytes) != nil, "a place outside of the text")
    }
    guard let change, let line = lines.indices.first,
      let changed = try? format.changing(sample, line: line, change)
    else { return }
    let again = try? format.read(FileSample(path: sample.path, bytes: changed))
    expect(again != nil, "\(format.name): what was changed is not read any more")
  }
}
