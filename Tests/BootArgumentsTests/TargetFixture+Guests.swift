extension TargetFixture {
  /// Whole files for virtual machines and small boot loaders.
  static let guestFiles: [(target: String, text: String)] = [
    (
      "firecracker",
      """
      {
        "boot-source": {
          "kernel_image_path": "/srv/vmlinux",
          "boot_args": "console=ttyS0 a=\\"b c\\" movablecore=1G",
          "initrd_path": null
        },
        "machine-config": { "vcpu_count": 2, "mem_size_mib": 512 }
      }

      """
    ),
    (
      "cloud-hypervisor",
      """
      {
        "cpus": {"boot_vcpus": 2, "max_vcpus": 2},
        "payload": {"kernel": "/srv/vmlinux", "cmdline": "console=hvc0 movablecore=1G"},
        "memory": {"size": 536870912}
      }

      """
    ),
    (
      "kata",
      """
      # Kata, by hand
      [hypervisor.clh]
      path = "/usr/bin/cloud-hypervisor" # the one
      kernel_params = "agent.log=debug movablecore=1G"   # why

      [agent.kata]
      dial_timeout = 90

      """
    ),
    (
      "extlinux",
      """
      # by hand
      default two
      timeout 30
      label one
        linux /vmlinuz.old
        append root=/dev/mmcblk0p1 kernelcore=7G
      label two
      	linux /vmlinuz
      	append root=/dev/mmcblk0p2 movablecore=1G ro

      """
    ),
    ("rpi", "console=serial0,115200 root=PARTUUID=1-02 movablecore=1G rootwait\n"),
    (
      "refind",
      """
      # by hand
      "Standard"  "root=UUID=1 a=""b c"" movablecore=1G ro"
      "Single"    "root=UUID=1 single"

      """
    ),
    (
      "limine",
      """
      timeout: 3
      # by hand
      /Arch
          protocol: linux
          path: boot():/vmlinuz
          cmdline: root=UUID=1 movablecore=1G rw
      /Old
          protocol: linux
          cmdline: root=UUID=1 single

      """
    ),
    (
      "bottlerocket",
      """
      [settings.host-containers.admin]
      enabled = true

      [settings.boot.kernel-parameters]
      # why
      "console" = ["tty0", "ttyS1,115200n8"]
      "movablecore" = ["1G"] # and why
      "nosmt" = []

      [settings.boot.init-parameters]
      "log_level" = ["1"]

      """
    ),
    (
      "wsl",
      """
      [wsl2]
      memory=8GB # half
      kernelCommandLine = "vsyscall=emulate a=\\"b c\\" movablecore=1G" # why

      [experimental]
      autoMemoryReclaim=gradual

      """
    ),
  ]

  static let guestPaths = [
    "firecracker": "vm_config.json", "cloud-hypervisor": "vm.json",
    "kata": "etc/kata-containers/config.d/60-zonewise.toml",
    "extlinux": "boot/extlinux/extlinux.conf", "rpi": "boot/firmware/cmdline.txt",
    "refind": "boot/refind_linux.conf", "limine": "boot/limine.conf",
    "bottlerocket": "user-data.toml", "wsl": ".wslconfig",
  ]
}
