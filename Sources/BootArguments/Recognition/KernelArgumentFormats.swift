/// Every kind of file in which zonewise finds kernel arguments.
package enum KernelArgumentFormats {
  /// In the order in which they are asked: what a file says of itself goes before the search for
  /// arguments in any text.
  package static let all: [KernelArgumentFormat] = [
    .utf16,
    .cloudInitData,
    .butane,
    .openShift,
    .talosArguments,
    .ansibleRole,
    .imageCustomizer,
    .ignitionConfig,
    .firecracker,
    .cloudHypervisor,
    .bottlerocket,
    .bootcArguments,
    .kata,
    .incus,
    .nixosModule,
    .libvirtDomain,
    .ipxe,
    .kickstartFile,
    .tunedProfile,
    .grubDefaults,
    .grubConfig,
    .bootEntry,
    .syslinux,
    .zipl,
    .lilo,
    .limine,
    .refind,
    .kernelConfig,
    .bootconfig,
    .deviceTree,
    .raspberryPi,
    .petitboot,
    .android,
    .proxmox,
    .uboot,
    .sysctl,
    .udevRules,
    .tmpfiles,
    .shellVariables,
    .wsl,
    .ini,
    .plain,
    .packer,
    .kubelet,
    .values,
    .source,
    .literals,
    .anyText,
  ]

  /// What a file is; nil where it is none of these.
  package static func format(of sample: FileSample) -> KernelArgumentFormat? {
    if sample.markers.isEmpty { return nil }
    if sample.isBinary {
      return KernelArgumentFormat.utf16.recognizes(sample) ? .utf16 : nil
    }
    return all.first { $0.recognizes(sample) }
  }
}
