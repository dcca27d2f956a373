/// Every boot loader and platform that zonewise can answer for.
package enum BootTargets {
  package static let all: [BootTarget] = [
    .raw,
    .grub,
    .grubby,
    .bls,
    .systemdBoot,
    .uki,
    .rpmOSTree,
    .ostree,
    .bootc,
    .bootcSource,
    .ignition,
    .butaneFCOS,
    .butaneOpenShift,
    .machineConfig,
    .performanceProfile,
    .tuned,
    .ansible,
    .talos,
    .nixos,
    .cloudInit,
    .kickstart,
    .libvirt,
    .firecracker,
    .cloudHypervisor,
    .kata,
    .extlinux,
    .raspberryPi,
    .refind,
    .limine,
    .bottlerocket,
    .wsl,
    .sysfs,
  ]

  package static func named(_ name: String) -> BootTarget? { all.first { $0.name == name } }
}
