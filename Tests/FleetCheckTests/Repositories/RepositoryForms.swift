internal import TestSupport

/// Files of every kind as repositories hold them, with the arguments that a test plants.
struct RepositoryForm: Sendable {
  let path: String
  let text: @Sendable ([String]) -> String

  init(_ path: String, _ text: @escaping @Sendable ([String]) -> String) {
    self.path = path
    self.text = text
  }

  private static func line(_ words: [String]) -> String { words.joined(separator: " ") }

  private static func items(_ words: [String], _ lead: String) -> String {
    words.map { lead + $0 + "\n" }.joined()
  }

  private static func quoted(_ words: [String]) -> String {
    words.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  static let grub = RepositoryForm("etc/default/grub") {
    "GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX=\"console=ttyS0 \(line($0))\"\n"
  }
  static let grubTemplate = RepositoryForm("templates/grub.j2") {
    "{% if x %}\nGRUB_TIMEOUT={{ t }}\n{% endif %}\nGRUB_CMDLINE_LINUX=\"quiet \(line($0)) {{ more }}\"\n"
  }
  static let cmdline = RepositoryForm("etc/kernel/cmdline") { "root=UUID=1 ro \(line($0))\n" }
  static let entry = RepositoryForm("boot/loader/entries/a.conf") {
    "title Linux\nlinux /vmlinuz\ninitrd /initrd\noptions root=UUID=1 ro \(line($0))\n"
  }
  static let extlinux = RepositoryForm("boot/extlinux/extlinux.conf") {
    "default l\nlabel l\n  linux /vmlinuz\n  append root=/dev/vda1 \(line($0))\n"
  }
  static let refind = RepositoryForm("boot/refind_linux.conf") {
    "\"Boot\" \"root=UUID=1 ro \(line($0))\"\n"
  }
  static let limine = RepositoryForm("boot/limine.conf") {
    "timeout: 3\n/Linux\n  protocol: linux\n  path: boot():/k\n  cmdline: root=UUID=1 \(line($0))\n"
  }
  static let kickstart = RepositoryForm("ks/host.ks") {
    "text\nbootloader --location=mbr --append=\"quiet \(line($0))\"\n%packages\n@core\n%end\n"
  }
  static let ipxe = RepositoryForm("pxe/boot.ipxe") {
    "#!ipxe\nkernel http://x/vmlinuz initrd=initrd \(line($0))\ninitrd http://x/initrd\nboot\n"
  }
  static let butane = RepositoryForm("nodes/worker.bu") {
    "variant: fcos\nversion: 1.5.0\nkernel_arguments:\n  should_exist:\n" + items($0, "    - ")
  }
  static let machineConfig = RepositoryForm("manifests/99-worker.yaml") {
    "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\n"
      + "metadata: {name: 99-worker}\nspec:\n  kernelArguments:\n" + items($0, "    - ")
  }
  static let tuned = RepositoryForm("tuned/mine/tuned.conf") {
    "[main]\ninclude=throughput-performance\n[bootloader]\ncmdline_mine=+\(line($0))\n"
  }
  static let talos = RepositoryForm("talos/controlplane.yaml") {
    "version: v1alpha1\nmachine:\n  install:\n    disk: /dev/sda\n    extraKernelArgs:\n"
      + items($0, "      - ")
  }
  static let nixos = RepositoryForm("hosts/a/configuration.nix") {
    "{ pkgs, ... }:\n{\n  boot.kernelParams = [\n" + items($0.map { "\"\($0)\"" }, "    ")
      + "  ];\n}\n"
  }
  static let ansible = RepositoryForm("roles/kernel/tasks/main.yml") {
    "- name: Arguments\n  ansible.builtin.command: grubby --update-kernel=ALL --args=\"\(line($0))\"\n"
  }
  static let cloudInit = RepositoryForm("cloud/user-data") {
    "#cloud-config\npackages: [vim]\nwrite_files:\n  - path: /etc/default/grub.d/60.cfg\n"
      + "    content: |\n      GRUB_CMDLINE_LINUX_DEFAULT=\"quiet \(line($0))\"\n"
  }
  static let libvirt = RepositoryForm("vms/guest.xml") {
    "<domain type='kvm'>\n  <name>g</name>\n  <memory unit='GiB'>8</memory>\n  <os>\n"
      + "    <type>hvm</type>\n    <kernel>/k</kernel>\n    <cmdline>root=/dev/vda \(line($0))</cmdline>\n"
      + "  </os>\n</domain>\n"
  }
  static let firecracker = RepositoryForm("vm/config.json") {
    "{\n  \"boot-source\": {\n    \"kernel_image_path\": \"vmlinux\",\n"
      + "    \"boot_args\": \"console=ttyS0 reboot=k \(line($0))\"\n  }\n}\n"
  }
  static let cloudHypervisor = RepositoryForm("vm/ch.json") {
    "{\n  \"payload\": {\n    \"kernel\": \"k\",\n    \"cmdline\": \"console=hvc0 \(line($0))\"\n  }\n}\n"
  }
  static let kata = RepositoryForm("kata/configuration.toml") {
    "[hypervisor.qemu]\nkernel_params = \"\(line($0))\"\ndefault_memory = 2048\n"
  }
  static let uEnv = RepositoryForm("boot/uEnv.txt") { "bootargs=console=ttyS0 \(line($0))\n" }
  static let bootCommand = RepositoryForm("boot/boot.cmd") {
    "setenv bootargs \"console=ttyS0 \(line($0))\"\nbootz 1 2 3\n"
  }
  static let deviceTree = RepositoryForm("dts/board.dts") {
    "/dts-v1/;\n/ {\n  chosen {\n    bootargs = \"console=ttyS0 \(line($0))\";\n  };\n};\n"
  }
  static let armbian = RepositoryForm("config/boards/a.conf") { "extraargs=\"\(line($0))\"\n" }
  static let android = RepositoryForm("device/a/BoardConfig.mk") {
    "BOARD_KERNEL_CMDLINE := console=ttyMSM0 \(line($0))\n"
  }
  static let bottlerocket = RepositoryForm("nodes/user-data.toml") { words in
    "[settings.boot.kernel-parameters]\n"
      + words.map { word in
        let parts = word.split(separator: "=", maxSplits: 1)
        return "\"\(parts[0])\" = [\"\(parts.count > 1 ? parts[1] : "")\"]\n"
      }.joined()
  }
  static let terraform = RepositoryForm("infra/main.tf") {
    "resource \"x\" \"y\" {\n  kernel_args = [\(quoted($0))]\n}\n"
  }
  static let packer = RepositoryForm("packer/image.pkr.hcl") {
    "build {\n  provisioner \"shell\" {\n    inline = [\"grubby --update-kernel=ALL --args='\(line($0))'\"]\n"
      + "  }\n}\n"
  }
  static let mkosi = RepositoryForm("mkosi.conf") {
    "[Output]\nFormat=disk\n[Content]\nKernelCommandLine=\(line($0))\n"
  }
  static let yocto = RepositoryForm("meta-x/conf/machine/x.conf") {
    "MACHINE_FEATURES = \"x\"\nAPPEND += \"\(line($0))\"\n"
  }
  static let buildroot = RepositoryForm("board/x/linux.config") {
    "CONFIG_SMP=y\nCONFIG_CMDLINE=\"console=ttyS0 \(line($0))\"\n"
  }
  static let maas = RepositoryForm("maas/curtin.yaml") {
    "kernel:\n  package: linux-generic\ngrub:\n  kernel_params: \"\(line($0))\"\n"
  }
  static let cobbler = RepositoryForm("cobbler/profile.yaml") {
    "name: compute\nkernel_options: \"\(line($0))\"\n"
  }
  static let wsl = RepositoryForm("windows/.wslconfig") {
    "[wsl2]\nmemory=8GB\nkernelCommandLine = \(line($0))\n"
  }
  static let json5 = RepositoryForm("values/a.json5") {
    "{\n  // of guests\n  kernelArgs: \"\(line($0))\",\n}\n"
  }
  static let go = RepositoryForm("pkg/vmm/args.go") {
    "package vmm\n\nconst kernelArgs = \"console=ttyS0 \(line($0))\"\n"
  }
  static let python = RepositoryForm("vmm/boot.py") {
    "def boot():\n    return run(\"--append\", \"root=/dev/vda \(line($0))\")\n"
  }
  static let rust = RepositoryForm("src/boot.rs") {
    "pub const CMDLINE: &str = \"console=ttyS0 \(line($0))\";\n"
  }
  static let javaScript = RepositoryForm("src/vm.js") {
    "export const cmdline = \"console=ttyS0 \(line($0))\";\n"
  }
  static let proxmox = RepositoryForm("pve/100.conf") {
    "args: -kernel /k -append \"root=/dev/sda \(line($0))\"\ncores: 2\nmemory: 4096\n"
  }
  static let incus = RepositoryForm("incus/vm.yaml") {
    "name: a\nconfig:\n  limits.memory: 4GiB\n  raw.qemu: -append \"root=/dev/sda \(line($0))\"\n"
  }
  static let shell = RepositoryForm("scripts/setup.sh") {
    "#!/bin/sh\nset -e\ngrubby --update-kernel=ALL --args=\"\(line($0))\"\n"
  }
  static let image = RepositoryForm("image/config.yaml") {
    "os:\n  kernelCommandLine:\n    extraCommandLine:\n" + items($0, "      - ")
  }
  static let raspberry = RepositoryForm("boot/firmware/cmdline.txt") {
    "console=serial0,115200 root=PARTUUID=1 \(line($0))\n"
  }

  /// One of each kind.
  static let all: [RepositoryForm] = [
    .grub, .grubTemplate, .cmdline, .entry, .extlinux, .refind, .limine, .kickstart, .ipxe,
    .butane, .machineConfig, .tuned, .talos, .nixos, .ansible, .cloudInit, .libvirt,
    .firecracker, .cloudHypervisor, .kata, .uEnv, .bootCommand, .deviceTree, .armbian, .android,
    .bottlerocket, .terraform, .packer, .mkosi, .yocto, .buildroot, .maas, .cobbler, .wsl,
    .json5, .go, .python, .rust, .javaScript, .proxmox, .incus, .shell, .image, .raspberry,
  ]
}
