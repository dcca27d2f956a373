import BootArguments

extension RecognitionFixture {
  /// Forms of installers, images and templates.
  static let forms = [
    Sample(
      format: "petitboot",
      path: "etc/kboot.conf",
      text: """
        default=linux
        linux='http://192.0.2.1/vmlinux initrd=/boot/i root=/dev/sdb2 movablecore=20G'
        old="/boot/vmlinux.old kernelcore=5G ro"

        """,
      lines: ["linux: root=/dev/sdb2 movablecore=20G", "old: kernelcore=5G ro"]
    ),
    Sample(
      format: "android",
      path: "device/acme/BoardConfig.mk",
      text: """
        # BOARD_KERNEL_CMDLINE += cma=1M
        BOARD_KERNEL_CMDLINE := console=ttyS0 cma=8M
        BOARD_KERNEL_CMDLINE := console=ttyMSM1 $(EXTRA)
        BOARD_KERNEL_CMDLINE += \\
            androidboot.hardware=acme \\
            cma=48M # camera
        BOARD_BOOTCONFIG += androidboot.memcg=1 kernel.movablecore=700M

        """,
      lines: [
        "BOARD_KERNEL_CMDLINE: console=ttyMSM1 androidboot.hardware=acme cma=48M",
        "BOARD_BOOTCONFIG: movablecore=700M",
      ]
    ),
    Sample(
      format: "android",
      path: "out/vendor_boot.info",
      text: """
        boot magic: VNDRBOOT
        vendor command line args: console=ttynull cma=320M
        dtb size: 100

        """,
      lines: ["vendor command line args:: console=ttynull cma=320M"]
    ),
    Sample(
      format: "packer",
      path: "images/rocky.pkr.hcl",
      text: """
        source "qemu" "rocky" {
          boot_command = [
            "<tab> inst.ks=http://{{ .HTTPIP }}/ks.cfg ",
            "movablecore=<wait5>3G<enter>", "hugepages=1<enter>"
          ]
          qemuargs = [["-append", "console=ttyS0 kernelcore=4G"]]
        }

        """,
      lines: [
        "boot_command: movablecore=3G", "boot_command: hugepages=1", "console=ttyS0 kernelcore=4G",
      ]
    ),
    Sample(
      format: "packer",
      path: "images/old.json",
      text: """
        {"builders": [{"boot_command": ["<esc><wait>", "linux ks=cdrom:/a hugepages=20<return>"]}]}

        """,
      lines: ["boot_command: ks=cdrom:/a hugepages=20"]
    ),
    Sample(
      format: "text",
      path: "nodes/workers.tf",
      text: """
        resource "aws_instance" "a" {
          user_data = <<-EOT
            #cloud-config
            write_files:
              - path: /etc/default/grub.d/40-a.cfg
                content: |
                  GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX movablecore=7G"
          EOT
          kernel_params = { hugepages = "9", "movable_node" = "" }
        }

        """,
      lines: ["/etc/default/grub.d/40-a.cfg: movablecore=7G", "hugepages=9 movable_node="]
    ),
    Sample(
      format: "text",
      path: "board/post-image.sh",
      text: """
        #!/bin/sh
        cat > "$1/extlinux.conf" <<EOF
        label board
          linux /Image
          append console=ttyS2 cma=72M
        EOF
        sed -i 's/$/ cma=88M/' boot/cmdline.txt
        sed -i 's/GRUB_CMDLINE_LINUX="/&kernelcore=11G /' /etc/default/grub

        """,
      lines: ["board: console=ttyS2 cma=72M", "cma=88M", "kernelcore=11G"]
    ),
    Sample(
      format: "cloud-init",
      path: "curtin/curtin_userdata",
      text: """
        #cloud-config
        write_files:
          grub:
            path: /etc/default/grub.d/40-a.cfg
            content: |
              GRUB_CMDLINE_LINUX="movablecore=13G"
        late_commands:
          a: ["curtin", "in-target", "--", "sh", "-c", "grubby --args='hugepages=3 quiet'"]
        install:
          grub_options: {extra_cmdline: "kernelcore=9G"}

        """,
      lines: [
        "/etc/default/grub.d/40-a.cfg: movablecore=13G", "hugepages=3 quiet",
        "extra_cmdline: kernelcore=9G",
      ]
    ),
    Sample(
      format: "yaml",
      path: "cobbler/profile.yaml",
      text: """
        name: kvm
        kernel_options:
          movablecore: 18G
          quiet: ~

        """,
      lines: ["kvm: movablecore=18G quiet"]
    ),
    Sample(
      format: "shell-variables",
      path: "device/phone/deviceinfo",
      text: """
        deviceinfo_name="Phone"
        deviceinfo_kernel_cmdline="console=ttyMSM0 cma=112M PMOS_NO_OUTPUT_REDIRECT"

        """,
      lines: ["console=ttyMSM0 cma=112M PMOS_NO_OUTPUT_REDIRECT"]
    ),
    Sample(
      format: "u-boot",
      path: "mnt/uEnv.txt",
      text: """
        bootargs_base=console=ttyS0 cma=24M
        cmdline=coherent_pool=1M movablecore=90M

        """,
      lines: ["bootargs_base: console=ttyS0 cma=24M", "cmdline: coherent_pool=1M movablecore=90M"]
    ),
    Sample(
      format: "ipxe",
      path: "pxe/menu.ipxe.j2",
      text: """
        #!ipxe
        set more hugepages=5 console=ttyS0
        kernel {{ base | default("http") }}/vmlinuz initrd=i {{ extra }} movablecore=6G
        boot

        """,
      lines: ["more: hugepages=5 console=ttyS0", "initrd=i movablecore=6G"]
    ),
    Sample(
      format: "grub.cfg",
      path: "pxe/grub.cfg.erb",
      text: """
        menuentry '<%= @name %>' {
          linuxefi <%= @kernel %> ks=<%= foreman_url('provision') %> kernelcore=15G
        }

        """,
      lines: ["\(String(repeating: "*", count: 12)): kernelcore=15G"]
    ),
    Sample(
      format: "source",
      path: "include/configs/board.h",
      text: #"""
        #define CFG_EXTRA_ENV_SETTINGS \
          "loadaddr=0x80000000\0" \
          "bootargs=console=ttyS0 cma=56M\0" \
          "fdtaddr=0x81000000\0"

        """#,
      lines: ["console=ttyS0 cma=56M"]
    ),
    Sample(
      format: "source",
      path: "vmm/boot.rs",
      text: """
        cmdline.insert("movablecore", "5G")?;
        let other = ("kernelcore", "movablecore");

        """,
      lines: ["movablecore=5G"]
    ),
    Sample(
      format: "source",
      path: "guests.jsonc",
      text: """
        { "kernel_args": "kernelcore=8G quiet" }

        """,
      lines: ["kernelcore=8G quiet"]
    ),
  ]
}
