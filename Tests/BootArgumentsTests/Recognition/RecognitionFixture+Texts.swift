extension RecognitionFixture {
  static let texts = [
    Sample(
      format: "yaml",
      path: "values.yaml",
      text: """
        # hugepages=1 in a comment
        description: Set kernelcore=2G on all hosts.
        host:
          name: db
          kernel_args: default_hugepagesz=1G hugepages=16
          more:
            - hugepagesz=2M
            - hugepages=8
        commands:
          - echo hello
          - rpm-ostree kargs --append=kernelcore=2G --append=nosmt

        """,
      lines: [
        "db: default_hugepagesz=1G hugepages=16", "db: hugepagesz=2M hugepages=8",
        "kernelcore=2G",
      ]
    ),
    Sample(
      format: "yaml",
      path: "packer.json",
      text: """
        {
          "builders": [{
            "boot_args_list": ["console=ttyS0", "movablecore=1G"],
            "about": "hugepages=N sets pages"
          }]
        }
        """,
      lines: ["console=ttyS0 movablecore=1G"]
    ),
    Sample(
      format: "yaml",
      path: "templates/pools.yaml",
      text: """
        {{- if .Values.zone }}
        args:
          - hugepagesz=1G
          - "hugepages={{ .Values.pages }}"
          - kernelcore=2G
        {{- end }}

        """,
      lines: ["hugepagesz=1G kernelcore=2G"]
    ),
    Sample(
      format: "text",
      path: "main.tf",
      text: """
        # kernelcore=1G is not it
        resource "talos_image" "x" {
          args = [
            "kernelcore=2G", // why
            "nosmt",
          ]
          kernel_cmdline = "console=ttyS0 hugepages=4 ${var.more}"
          size           = "hugepages=4"
        }

        """,
      lines: ["kernelcore=2G nosmt", "console=ttyS0 hugepages=4"]
    ),
    Sample(
      format: "text",
      path: "setup.sh",
      text: """
        #!/bin/sh
        hugepages=16
        # grubby --args="hugepages=1"
        echo "hugepages=16 are set"
        grubby --update-kernel=ALL --args="hugepagesz=1G hugepages=4"
        sed -i 's/GRUB_CMDLINE_LINUX="/GRUB_CMDLINE_LINUX="kernelcore=2G /' /etc/default/grub
        qemu-system-x86_64 -m 4G -append "root=/dev/vda movablecore=1G" -nographic
        virt-install --extra-args "console=ttyS0 movable_node kernelcore=1G"
        rpm-ostree kargs --append=kernelcore=3G --append-if-missing=nosmt

        """,
      lines: [
        "hugepagesz=1G hugepages=4", "kernelcore=2G", "root=/dev/vda movablecore=1G",
        "console=ttyS0 movable_node kernelcore=1G", "kernelcore=3G",
      ]
    ),
    Sample(
      format: "text",
      path: "board.mk",
      text: """
        QEMU_CMDLINE := console=ttyHSL0 movablecore=160M
        fix: ; sed -i "s#append #append hugepagesz=2M hugepages=$N #" extlinux.conf

        """,
      lines: ["console=ttyHSL0 movablecore=160M", "hugepagesz=2M"]
    ),
    Sample(
      format: "text",
      path: "guest.tf",
      text: """
        resource "libvirt_domain" "a" {
          memory = 1024
          cmdline = [{
            # movablecore = "9G"
            arg0        = "root=/dev/vdb"
            movablecore = "2G"
            "_"         = "quiet movable_node"
          }]
        }
        resource "libvirt_domain" "b" {
          cmdline = [{ "_" = "console=hvc0 movable_node" }]
        }

        """,
      lines: [
        "arg0=root=/dev/vdb movablecore=2G quiet movable_node", "console=hvc0 movable_node",
      ]
    ),
    Sample(
      format: "text",
      path: "guest.sh",
      text: """
        # grubby --args=movable_node
        exec cloud-hypervisor --kernel bzImage \\
          --memory size=2G,hotplug_size=6G \\
          --cmdline "console=hvc0 root=/dev/vdb memhp_default_state=online_kernel" \\
          --serial off
        grubby --update-kernel=DEFAULT --args="movable_node"
        kexec -l /boot/vmlinuz --command-line="$(cat /proc/cmdline) hugepagesz=2M hugepages=64"
        echo "extraargs=cma=48M" >> /boot/armbianEnv.txt

        """,
      lines: [
        "console=hvc0 root=/dev/vdb memhp_default_state=online_kernel", "movable_node",
        "hugepagesz=2M hugepages=64", "cma=48M",
      ]
    ),
    Sample(
      format: "yaml",
      path: "profiles.yaml",
      text: """
        system: build01
        kernel_options:
          console: ttyS1
          movablecore: 12G
          movable_node: ~
        labels: {kernelcore: yes, team: a}
        site:
          installerArgs: "--append-karg hugepagesz=1G --append-karg hugepages=6"

        """,
      lines: [
        "kernel_options: console=ttyS1 movablecore=12G movable_node",
        "installerArgs: hugepagesz=1G hugepages=6",
      ]
    ),
    Sample(
      format: "any",
      path: "etc/grub.d/07_local",
      text: """
        echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX hugepages={{ n }} movablecore=6G quiet"'

        """,
      lines: ["movablecore=6G quiet"]
    ),
  ]

  /// Texts that speak of kernel arguments and set none.
  static let nothing: [(path: String, text: String)] = [
    ("README.md", "GRUB_CMDLINE_LINUX=\"kernelcore=2G\"\n"),
    ("a.swift", "let line = \"root=/dev/sda1 kernelcore=2G\"\n"),
    ("a.c", "/* kernelcore=2G */ // \"movablecore=1G\"\nint hugepages=4;\n"),
    ("a.go", "err := fmt.Errorf(\"use kernelcore=2G with movablecore=1G\")\n"),
    ("b_test.go", "if !strings.Contains(cmdline, \"movablecore=1G\") { t.Errorf(\"lacks\") }\n"),
    ("b.py", "if \"movablecore=1G\" in cmdline:\n    pass\n"),
    ("b.rs", "assert!(line.contains(\"movablecore=1G\"));\n"),
    ("a.py", "# \"kernelcore=2G\"\nname = \"cma=1\"\nhugepages=4\n"),
    ("a.rs", "const NAMES: [&str; 2] = [\"kernelcore\", \"movable_node\"];\n"),
    ("names.yaml", "flags:\n  - movable_node\n  - numa\n"),
    ("sysctl.conf", "kernel.pid_max = 4194304\nvm.nr_hugepages=64\n"),
    ("config.txt", "dtoverlay=vc4-kms-v3d\ngpu_mem=128\n"),
    ("kernel.config", "CONFIG_CMDLINE=\"\"\nCONFIG_CMA_SIZE_MBYTES=0\n"),
    ("notes", "To use kernelcore=2G, set it in root=/dev/sda1 and reboot.\n"),
    ("rules.yaml", "rules: [kernelcore, movablecore, movable_node]\n"),
    ("rules.yaml", "text: kernelcore=2G is what to set\nother: kernelcore=nn[KMG]\n"),
    ("options.yaml", "options: [a]\nlinux: true\ntitle: options root=1\n"),
    ("crd.yaml", "kind: CustomResourceDefinition\nspec: {kernelArguments: {type: array}}\n"),
    ("deploy.yaml", "kind: Deployment\nspec: {hugepages: 1}\n"),
    ("a.json", "{\"ignition\": \"on\"}"),
    ("run.sh", "#!/bin/sh\nhugepages=4\nkernelcore=2G ./run\necho \"set kernelcore=2G\"\n"),
    ("env", "root=/srv\nconsole=1\n"),
    ("a.conf", "# kernelcore=2G\nx=kernelcore\n"),
    ("", ""),
    ("cmdline", ""),
  ]
}
