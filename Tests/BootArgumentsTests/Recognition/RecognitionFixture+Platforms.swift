extension RecognitionFixture {
  static let platforms = [
    Sample(
      format: "ignition",
      path: "a.ign",
      text: """
        {"ignition": {"version": "3.3.0"},
         "kernelArguments": {"shouldExist": ["kernelcore=2G"], "shouldNotExist": ["quiet"]}}
        """,
      lines: ["kernelcore=2G"]
    ),
    Sample(
      format: "butane",
      path: "a.bu",
      text: """
        variant: fcos
        version: 1.5.0
        kernel_arguments:
          should_exist:
            - kernelcore=2G
          should_not_exist:
            - quiet
        storage:
          files:
            - path: /etc/default/grub.d/1.cfg
              contents:
                inline: |
                  GRUB_CMDLINE_LINUX="ro movable_node"

        """,
      lines: ["kernelcore=2G", "/etc/default/grub.d/1.cfg: ro movable_node"]
    ),
    Sample(
      format: "butane",
      path: "b.bu",
      text: """
        variant: openshift
        metadata: {name: 99-zone}
        openshift: {kernel_arguments: ["kernelcore=2G", 'nosmt']}
        """,
      lines: ["99-zone: kernelcore=2G nosmt"]
    ),
    Sample(
      format: "openshift",
      path: "mc.yaml",
      text: """
        apiVersion: machineconfiguration.openshift.io/v1
        kind: MachineConfig
        metadata:
          name: one
        spec:
          kernelArguments: &zone
            - kernelcore=2G
            - {{ .extra }}
        ---
        kind: MachineConfig
        metadata: {name: two}
        spec:
          kernelArguments: ["hugepagesz=1G hugepages=4"]
        ---
        kind: PerformanceProfile
        metadata: {name: three}
        spec:
          additionalKernelArgs: [nosmt]
          hugepages:
            defaultHugepagesSize: 1G
            pages:
              - size: "1G"
                count: 16
              - {size: 2M, count: 8, node: 0}

        """,
      lines: [
        "one: kernelcore=2G", "two: hugepagesz=1G hugepages=4",
        "three: default_hugepagesz=1G hugepagesz=1G hugepages=16 nosmt",
      ]
    ),
    Sample(
      format: "openshift",
      path: "mc.json",
      text: """
        {
          "kind": "List",
          "items": [
            {"kind": "MachineConfig", "metadata": {"name": "a"},
             "spec": {"kernelArguments": ["movablecore=1G"]}}
          ]
        }
        """,
      lines: ["a: movablecore=1G"]
    ),
    Sample(
      format: "openshift",
      path: "tuned.yaml",
      text: """
        apiVersion: tuned.openshift.io/v1
        kind: Tuned
        metadata: {name: hugepages}
        spec:
          profile:
          - name: node-hugepages
            data: |
              [main]
              summary=pages
              [bootloader]
              cmdline_node=+hugepagesz=2M hugepages=50
          recommend: []

        """,
      lines: ["node-hugepages: hugepagesz=2M hugepages=50"]
    ),
    Sample(
      format: "talos",
      path: "talos.yaml",
      text: """
        version: v1alpha1
        machine:
          install:
            extraKernelArgs:
              - -quiet
              - kernelcore=2G

        """,
      lines: ["kernelcore=2G"]
    ),
    Sample(
      format: "talos",
      path: "talconfig.yaml",
      text: """
        nodes:
          - hostname: a
            schematic:
              customization:
                extraKernelArgs: [movable_node]
        patches:
          - |-
            machine:
              install:
                extraKernelArgs:
                  - hugepages=16

        """,
      lines: ["movable_node", "hugepages=16"]
    ),
    Sample(
      format: "ansible",
      path: "group_vars/all.yml",
      text: """
        base: &base
          - {name: kernelcore, value: 2G}
        bootloader_settings:
          - kernel: ALL
            options:
              - name: quiet
                state: absent
              - name: hugepages
                value: 16
              - name: hugepagesz
                value: "{{ size }}"
          - kernel: {version: 1}
            options: *base
          - kernel: {version: 2}
            state: absent
            options: [{name: movable_node}]

        """,
      lines: ["ALL: hugepages=16", "kernelcore=2G"]
    ),
    Sample(
      format: "image-customizer",
      path: "image.yaml",
      text: """
        os:
          kernelCommandLine:
            extraCommandLine:
              - kernelcore=2G
              - a=b

        """,
      lines: ["kernelcore=2G a=b"]
    ),
    Sample(
      format: "kickstart",
      path: "a.ks",
      text: """
        text
        bootloader --location=mbr --append="quiet kernelcore=2G" --timeout=1
        %packages
        %end

        """,
      lines: ["quiet kernelcore=2G"]
    ),
    Sample(
      format: "cloud-init",
      path: "user-data",
      text: """
        #cloud-config
        write_files:
          - path: /etc/default/grub.d/1.cfg
            content: |
              GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT kernelcore=2G"
        runcmd:
          - update-grub
          - grubby --update-kernel=ALL --args="hugepagesz=1G hugepages=4"
          - [grubby, --update-kernel=ALL, "--args=movablecore=4G"]

        """,
      lines: [
        "/etc/default/grub.d/1.cfg: kernelcore=2G", "hugepagesz=1G hugepages=4", "movablecore=4G",
      ]
    ),
    Sample(
      format: "nixos",
      path: "hardware.nix",
      text: """
        { config, lib, ... }: {
          boot.kernelParams = [ "quiet" "kernelcore=2G" ]
            ++ lib.optionals config.x [ "hugepages=4" "a=${toString 1}" ];
          other.boot = { kernelParams = lib.mkForce [ "movable_node" ]; };
        }

        """,
      lines: ["quiet kernelcore=2G hugepages=4", "movable_node"]
    ),
  ]

  static let machines = [
    Sample(
      format: "libvirt",
      path: "guest.xml",
      text: """
        <domain type='kvm'>
          <os><kernel>/k</kernel><cmdline>root=/dev/vda kernelcore=1G</cmdline></os>
        </domain>
        """,
      lines: ["root=/dev/vda kernelcore=1G"]
    ),
    Sample(
      format: "kata",
      path: "configuration.toml",
      text: """
        [hypervisor.qemu]
        path = "/usr/bin/qemu"
        # kernel_params = "no"
        kernel_params = "movable_node agent.log=debug"
        [hypervisor.clh]
        kernel_params = ""

        """,
      lines: ["hypervisor.qemu: movable_node agent.log=debug"]
    ),
    Sample(
      format: "firecracker",
      path: "vm.json",
      text: """
        {
          "boot-source": {
            "kernel_image_path": "vmlinux",
            "boot_args": "console=ttyS0 movablecore=1G"
          }
        }
        """,
      lines: ["console=ttyS0 movablecore=1G"]
    ),
  ]
}
