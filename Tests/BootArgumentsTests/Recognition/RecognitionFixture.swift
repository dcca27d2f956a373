import BootArguments

/// Files of every kind, with the command lines that are in them.
enum RecognitionFixture {
  struct Sample: Sendable {
    let format: String
    let path: String
    let text: String
    /// A line per command line: `title: words`, without a title where there is none.
    let lines: [String]
  }

  static func read(_ text: String, path: String) throws -> [LocatedCommandLine] {
    let sample = FileSample(path: path, bytes: Array(text.utf8))
    return try KernelArgumentFormats.format(of: sample)?.read(sample) ?? []
  }

  static func summary(_ line: LocatedCommandLine) -> String {
    let words = line.arguments.map { $0.argument.word }.joined(separator: " ")
    return (line.title.map { $0 + ": " } ?? "") + words
  }

  static let samples: [Sample] =
    loaders + platforms + machines + boards + programs + texts + forms + managers
}

extension RecognitionFixture {
  static let loaders = [
    Sample(
      format: "grub",
      path: "etc/default/grub",
      text: """
        # If you change this file, run update-grub
        GRUB_TIMEOUT=5
        GRUB_CMDLINE_LINUX_DEFAULT="quiet movablecore=4G"
        GRUB_CMDLINE_LINUX="console=ttyS0 kernelcore=2G"
        GRUB_CMDLINE_LINUX_RECOVERY="single"

        """,
      lines: ["console=ttyS0 kernelcore=2G quiet movablecore=4G"]
    ),
    Sample(
      format: "grub",
      path: "etc/default/grub.d/50-x.cfg",
      text: """
        GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT hugepages=4"
        GRUB_CMDLINE_LINUX_DEFAULT="a=1 ${GRUB_CMDLINE_LINUX_DEFAULT} b=2"
        GRUB_CMDLINE_LINUX_DEFAULT+=" c=3"
        GRUB_CMDLINE_LINUX_XEN_REPLACE="xen=1"

        """,
      lines: ["a=1 hugepages=4 b=2 c=3", "Linux under Xen: xen=1"]
    ),
    Sample(
      format: "grub.cfg",
      path: "boot/grub2/grub.cfg",
      text: """
        set kernelopts="root=/dev/vda1 ro movable_node"
        menuentry 'Linux' --class os {
        	search --no-floppy --set=root
        	linux   /vmlinuz-6.1 root=UUID=1 ro kernelcore=30% $vt_handoff "a=b c"
        	initrd  /initrd
        }
        submenu 'More' {
          menuentry "Linux, old" {
            linuxefi /vmlinuz root=UUID=1 \\
              movablecore=1G; boot
          }
        }

        """,
      lines: [
        "kernelopts: root=/dev/vda1 ro movable_node",
        "Linux: root=UUID=1 ro kernelcore=30% a=b c",
        "Linux, old: root=UUID=1 movablecore=1G",
      ]
    ),
    Sample(
      format: "grub.cfg",
      path: "boot/grub2/grubenv",
      text: """
        # GRUB Environment Block
        saved_entry=1
        kernelopts=root=/dev/sda1 ro kernelcore=4G
        ####################
        """,
      lines: ["kernelopts: root=/dev/sda1 ro kernelcore=4G"]
    ),
    Sample(
      format: "bls",
      path: "boot/loader/entries/a.conf",
      text: """
        title Fedora Linux
        version 6.9
        architecture x64
        linux /vmlinuz
        options root=UUID=1 ro $kernelopts
        options kernelcore=2G

        """,
      lines: ["root=UUID=1 ro kernelcore=2G"]
    ),
    Sample(
      format: "syslinux",
      path: "boot/extlinux/extlinux.conf",
      text: """
        DEFAULT l0
        MENU TITLE Boot
        LABEL l0
          MENU LABEL Linux
          LINUX /vmlinuz
          FDT /a.dtb
          APPEND root=/dev/mmcblk0p1 cma=256M

        label old
          kernel /vmlinuz.old
          append ro

        """,
      lines: ["l0: root=/dev/mmcblk0p1 cma=256M", "old: ro"]
    ),
    Sample(
      format: "zipl",
      path: "etc/zipl.conf",
      text: """
        [defaultboot]
        default=linux
        target=/boot
        [linux]
        image=/boot/image
        parameters="root=/dev/dasda1 kernelcore=8G"
        [dump]
        target=/boot
        image=/boot/image
        parameters = root=/dev/dasdb1

        """,
      lines: ["linux: root=/dev/dasda1 kernelcore=8G", "dump: root=/dev/dasdb1"]
    ),
    Sample(
      format: "shell-variables",
      path: "etc/dracut.conf.d/a.conf",
      text: "# ours\nkernel_cmdline=\"rd.shell kernelcore=1G\"\nkernel_cmdline+=\" ro\"\n",
      lines: ["rd.shell kernelcore=1G ro"]
    ),
    Sample(
      format: "mkosi",
      path: "mkosi.conf",
      text: """
        [Distribution]
        Distribution=fedora
        [Content]
        KernelCommandLine=console=ttyS0
                          movable_node
        # more
        KernelCommandLine=hugepages=4

        """,
      lines: ["console=ttyS0 movable_node hugepages=4"]
    ),
    Sample(
      format: "cmdline",
      path: "etc/kernel/cmdline",
      text: "root=UUID=1 ro kernelcore=2G\n",
      lines: ["root=UUID=1 ro kernelcore=2G"]
    ),
    Sample(
      format: "cmdline",
      path: "boot/cmdline.txt",
      text: "console=serial0,115200 root=PARTUUID=1-02 fsck.repair=yes rootwait cma=128M\n",
      lines: ["console=serial0,115200 root=PARTUUID=1-02 fsck.repair=yes rootwait cma=128M"]
    ),
    Sample(
      format: "cmdline",
      path: "hosts/db1",
      text: "BOOT_IMAGE=/vmlinuz-6.1 root=/dev/sda1 ro quiet\n",
      lines: ["BOOT_IMAGE=/vmlinuz-6.1 root=/dev/sda1 ro quiet"]
    ),
    Sample(
      format: "cmdline",
      path: "etc/cmdline.d/zone.conf",
      text: "# zones\nkernelcore=2G\nmemhp_default_state=online\n",
      lines: ["kernelcore=2G memhp_default_state=online"]
    ),
    Sample(
      format: "ipxe",
      path: "boot.ipxe",
      text: """
        #!ipxe
        set base http://10.0.0.1
        :linux
        kernel --name vmlinuz ${base}/vmlinuz initrd=initrd hugepages=16 || goto failed
        initrd ${base}/initrd
        boot

        """,
      lines: ["linux: initrd=initrd hugepages=16"]
    ),
    Sample(
      format: "tuned",
      path: "tuned.conf",
      text: """
        [main]
        include=base
        [variables]
        pages=16
        [bootloader]
        cmdline_zone=+movable_node hugepages=${pages} nosmt
        cmdline_less=-quiet

        """,
      lines: ["movable_node nosmt"]
    ),
    Sample(
      format: "bootc",
      path: "usr/lib/bootc/kargs.d/10.toml",
      text: "kargs = [\"kernelcore=2G\", 'quiet']\nmatch-architectures = [\"x86_64\"]\n",
      lines: ["kernelcore=2G quiet"]
    ),
  ]
}
