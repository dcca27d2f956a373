/// Every kind of file in which zonewise finds kernel arguments.
package enum KernelArgumentFormats {
  /// In the order in which they are asked.
  package static let all: [KernelArgumentFormat] = [
    KernelArgumentFormat(.grub, markers: .grubVariable) {
      $0.hasLine(beginning: "GRUB_CMDLINE_LINUX") || $0.hasLine(beginning: "export GRUB_CMDLINE")
    },
    KernelArgumentFormat(.bls, markers: .options) {
      $0.hasLine(beginning: "options ", indented: false)
        && $0.hasLine(beginning: "linux", indented: false)
    },
    KernelArgumentFormat(.tuned, markers: .bootloaderSection, isComplete: false) {
      $0.hasLine(beginning: "[bootloader]")
    },
    KernelArgumentFormat(.bootc, markers: .kargs, isComplete: false) {
      $0.hasSuffix(".toml") && $0.hasLine(beginning: "kargs")
    },
    KernelArgumentFormat(.ignition, markers: .ignition, isComplete: false) {
      $0.firstByte == UInt8(ascii: "{")
    },
    KernelArgumentFormat(.butaneOpenShift, markers: .butaneArguments, isComplete: false) {
      $0.hasLine(beginning: "variant: openshift", indented: false)
    },
    KernelArgumentFormat(.butaneFCOS, markers: .butaneArguments, isComplete: false) {
      $0.hasLine(beginning: "variant:", indented: false)
    },
    KernelArgumentFormat(.machineConfig, markers: .machineConfig, isComplete: false) {
      $0.hasLine(beginning: "kind: MachineConfig")
    },
    KernelArgumentFormat(
      .performanceProfile,
      markers: .performanceProfile,
      isComplete: false
    ) { $0.hasLine(beginning: "kind: PerformanceProfile") },
    KernelArgumentFormat(.ansible, markers: .bootloaderRole, isComplete: false) {
      $0.hasSuffix(".yml", ".yaml")
    },
    KernelArgumentFormat(.talos, markers: .extraKernelArgs, isComplete: false) {
      $0.hasLine(beginning: "customization:", indented: false)
        || $0.hasLine(beginning: "machine:", indented: false)
    },
    KernelArgumentFormat(.nixos, markers: .kernelParams, isComplete: false) {
      $0.hasSuffix(".nix")
    },
    KernelArgumentFormat(.cloudInit, markers: .cloudConfig, isComplete: false) {
      $0.bytes.starts(with: "#cloud-config".utf8)
    },
    KernelArgumentFormat(.kickstart, markers: .bootloader, isComplete: false) {
      $0.hasLine(beginning: "bootloader ", indented: false)
    },
    KernelArgumentFormat(.libvirt, markers: .cmdlineElement) {
      $0.hasLine(beginning: "<domain")
    },
  ]

  /// What a file is; nil where it is none of these.
  package static func format(of sample: FileSample) -> KernelArgumentFormat? {
    guard !sample.markers.isEmpty, !sample.markers.contains(.binary) else { return nil }
    return all.first { $0.recognizes(sample) }
  }
}
