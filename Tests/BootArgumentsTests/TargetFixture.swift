import BootArguments

/// Requests and owners for tests.
enum TargetFixture {
  static let owner = Ownership(
    version: "0.1.0",
    date: "2026-01-31",
    profile: "general",
    reason: "leaves 2 GiB to the kernel"
  )

  static func request(
    _ words: String,
    removing names: [String] = [],
    commandLine: String? = nil
  ) throws -> BootRequest {
    BootRequest(
      change: try ArgumentChange(try BootArgument.parse(words), removing: names),
      owner: owner,
      commandLine: commandLine
    )
  }

  /// Targets that set a running kernel.
  static let running = ["sysfs", "sysctl"]

  /// Words that every target takes, but for the ones that a running kernel doesn't.
  static func words(for target: BootTarget) -> String {
    switch target.name {
    case "sysfs": "memory_hotplug.online_policy=auto-movable lru_gen.enabled=y"
    case "sysctl": "sysctl.vm.lowmem_reserve_ratio=\"256 256 8 0 0\" sysctl.vm.min_free_kbytes=4096"
    default: "kernelcore=2G memory_hotplug.online_policy=auto-movable quiet"
    }
  }

  static func merged(
    _ target: String,
    _ words: String,
    into file: String,
    removing names: [String] = []
  ) throws -> String {
    guard let target = BootTargets.named(target) else { return "no such target" }
    let request = try request(words, removing: names)
    let bytes = try target.merge(request, into: Array(file.utf8), file: "f")
    return String(decoding: bytes, as: UTF8.self)
  }

  static func read(_ target: String, _ file: String) throws -> [LocatedArgument] {
    try BootTargets.named(target)?.read(Array(file.utf8), file: "f") ?? []
  }

  /// A path by which the target's format is recognized.
  static let paths = [
    "sysfs": "etc/tmpfiles.d/60-zonewise.conf",
    "raw": "etc/kernel/cmdline", "systemd-boot": "etc/kernel/cmdline", "grub": "etc/default/grub",
    "bls": "boot/loader/entries/a.conf", "bootc": "usr/lib/bootc/kargs.d/a.toml",
    "ignition": "a.ign", "butane-fcos": "a.bu", "butane-openshift": "a.bu",
    "machineconfig": "a.yaml", "performanceprofile": "a.yaml", "ansible": "a.yml",
    "talos": "a.yaml", "tuned": "tuned.conf", "nixos": "a.nix", "cloud-init": "user-data",
    "kickstart": "a.ks", "libvirt": "a.xml",
  ].merging(guestPaths) { first, _ in first }

  /// Whole files of every kind with arguments of someone else's, comments and an order of their own.
  static let files: [(target: String, text: String)] =
    [
      ("raw", "root=/dev/sda1 movablecore=1G  ro quiet\n"),
      (
        "grub",
        """
        # /etc/default/grub: kept by hand
        GRUB_DEFAULT=0   # the first
        GRUB_CMDLINE_LINUX="console=ttyS0 movablecore=1G"
        GRUB_CMDLINE_LINUX_DEFAULT='quiet splash kernelcore=9G' # "odd" comment
        GRUB_TERMINAL="`echo serial`"

        """
      ),
      ("systemd-boot", "root=UUID=1 ro movablecore=1G\n"),
      (
        "bls",
        """
        # by hand
        title Linux
        linux /vmlinuz
        options root=UUID=1 ro
        options   movablecore=1G quiet
        initrd /initrd

        """
      ),
      (
        "bootc",
        """
        # ours
        kargs = [
          "mitigations=auto",  # why
          'movablecore=1G',
        ]
        match-architectures = ["x86_64"]

        """
      ),
      (
        "ignition",
        """
        {
          "storage": { "files": [ { "path": "/a", "mode": 420 } ] },
          "ignition": { "version": "3.3.0" },
          "kernelArguments": { "shouldExist": ["a=\\"b c\\"", "movablecore=1G"] }
        }

        """
      ),
      (
        "butane-fcos",
        """
        variant: fcos
        version: 1.5.0
        # arguments
        kernel_arguments:
          should_exist:
            - mitigations=auto # why
            - movablecore=1G
          should_not_exist:
            - quiet
        """
      ),
      (
        "butane-openshift",
        """
        variant: openshift
        version: 4.14.0
        metadata: {name: a, labels: {machineconfiguration.openshift.io/role: worker}}
        openshift: # all of it
          kernel_arguments: [ 'movablecore=1G', "nosmt" ]
          fips: true

        """
      ),
      (
        "machineconfig",
        """
        apiVersion: v1
        kind: ConfigMap
        ---
        # workers
        apiVersion: machineconfiguration.openshift.io/v1
        kind: MachineConfig
        metadata:
          name: 99-worker
          labels: {machineconfiguration.openshift.io/role: worker}
        spec:
          # arguments
          kernelArguments:
          - nosmt # why
          - "movablecore=1G"
          config: {}
        ---
        kind: Other

        """
      ),
      (
        "performanceprofile",
        """
        apiVersion: performance.openshift.io/v2
        kind: PerformanceProfile
        spec:
          # the CPUs
          cpu: {isolated: 2-3, reserved: 0-1}

        """
      ),
      (
        "ansible",
        """
        - hosts: all
          vars:
            bootloader_settings:
              - kernel: ALL
                options:
                  - name: quiet   # why
                  - {name: movablecore, value: 1G}
                  - name: kernelcore
                    value: 9G
                    state: present
          roles: [linux-system-roles.bootloader]

        """
      ),
      (
        "talos",
        """
        machine:
          install:
            disk: /dev/sda
            extraKernelArgs:
              - -quiet
              - movablecore=1G
          type: worker

        """
      ),
      (
        "tuned",
        """
        [main]
        include=throughput-performance

        [bootloader]
        # why
        cmdline_mine=+nosmt movablecore=1G   # and why
        [sysctl]
        vm.swappiness=1

        """
      ),
      (
        "nixos",
        """
        { config, ... }: {
          boot = {
            loader.grub.enable = true; # "kernelParams"
            kernelParams = [ "quiet" "movablecore=1G" /* why */ "x=${toString 1}" ];
          };
        }

        """
      ),
      (
        "cloud-init",
        """
        #cloud-config
        packages: [ vim ]
        write_files:
          # a drop-in
          - path: /etc/default/grub.d/50-mine.cfg
            content: |
              # why
              GRUB_CMDLINE_LINUX_DEFAULT="quiet movablecore=1G"
        runcmd:
          - update-grub

        """
      ),
      (
        "kickstart",
        """
        # minimal
        text
        bootloader --location=mbr --append="quiet movablecore=1G" --timeout=1 # why
        %packages
        bootloader
        %end

        """
      ),
      (
        "libvirt",
        """
        <domain type='kvm'>
          <!-- <cmdline>no</cmdline> -->
          <name>g</name>
          <os>
            <type>hvm</type>
            <kernel>/k</kernel>
            <cmdline>root=/dev/vda a=&quot;b &amp; c&quot; movablecore=1G</cmdline>
          </os>
        </domain>

        """
      ),
      (
        "sysfs",
        """
        # ours
        d /run/x 0755 root root -
        w /sys/module/memory_hotplug/parameters/online_policy - - - - contig-zones

        """
      ),
    ] + guestFiles
}
