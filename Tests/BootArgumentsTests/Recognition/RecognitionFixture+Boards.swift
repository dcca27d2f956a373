import BootArguments

extension RecognitionFixture {
  /// Boot loaders of single machines, boards and guests.
  static let boards = [
    Sample(
      format: "refind",
      path: "boot/refind_linux.conf",
      text: """
        # made by mkrlconf
        "Default"   "root=PARTUUID=5 rw quiet movable_node"
        "To a shell" "root=PARTUUID=5 rw single"

        """,
      lines: [
        "Default: root=PARTUUID=5 rw quiet movable_node", "To a shell: root=PARTUUID=5 rw single",
      ]
    ),
    Sample(
      format: "refind",
      path: "EFI/refind/refind.conf",
      text: """
        menuentry "Void" {
          loader /boot/vmlinuz
          options "root=/dev/nvme0n1p2 kernelcore=6G"
          submenuentry "More" {
            add_options "movablecore=1G"
          }
        }

        """,
      lines: ["Void: root=/dev/nvme0n1p2 kernelcore=6G", "More: movablecore=1G"]
    ),
    Sample(
      format: "limine",
      path: "boot/limine.conf",
      text: """
        timeout: 2
        /Void
            protocol: linux
            kernel_path: boot():/vmlinuz
            cmdline: root=LABEL=void rw kernelcore=12G ${EXTRA}
        //Old
            CMDLINE=root=LABEL=void movablecore=1G

        """,
      lines: ["Void: root=LABEL=void rw kernelcore=12G", "Old: root=LABEL=void movablecore=1G"]
    ),
    Sample(
      format: "lilo",
      path: "etc/lilo.conf",
      text: """
        boot=/dev/sdb
        append="panic=5 movablecore=512M"
        image=/boot/vmlinuz-huge
          label=slack
          addappend = " hugepages=32"

        """,
      lines: ["panic=5 movablecore=512M", "/boot/vmlinuz-huge: hugepages=32"]
    ),
    Sample(
      format: "kernel-config",
      path: "arch/arm64/configs/board_defconfig",
      text: """
        CONFIG_MMU=y
        CONFIG_CMDLINE="console=ttyS2 cma=96M"
        CONFIG_CMA_SIZE_MBYTES=64

        """,
      lines: ["CONFIG_CMDLINE: console=ttyS2 cma=96M", "CONFIG_CMA_SIZE_MBYTES: cma=64M"]
    ),
    Sample(
      format: "bootconfig",
      path: "boot/bootconfig",
      text: """
        # kernel.movablecore = 9G
        kernel {
          console = ttyS0, "tty0"
          memory_hotplug { online_policy = auto-movable }
        }
        kernel.kernelcore := 3G; init.systemd.unit = rescue.target

        """,
      lines: ["console=ttyS0 console=tty0 memory_hotplug.online_policy=auto-movable kernelcore=3G"]
    ),
    Sample(
      format: "device-tree",
      path: "board.dtsi",
      text: """
        / {
        	reserved-memory { /* 96 MiB are too few */
        		linux,cma { compatible = "shared-dma-pool"; reusable; size = <0x0 0x18000000>; };
        		video: pool@50000000 { reg = <0x0 0x50000000 0x0 0x1000000>; };
        		pool { size = <0x4000000>; linux,cma-default; };
        	};
        	// bootargs = "cma=1M";
        	chosen { bootargs = "console=ttyS3 cma=128M"; };
        };

        """,
      lines: ["bootargs: console=ttyS3 cma=128M", "linux,cma: cma=384M", "linux,cma: cma=64M"]
    ),
    Sample(
      format: "raspberry-pi",
      path: "boot/firmware/config.txt",
      text: """
        # dtoverlay=vc4-kms-v3d,cma-64
        [pi4]
        dtoverlay=vc4-fkms-v3d,cma-384
        dtoverlay=cma,cma-size=134217728

        """,
      lines: ["dtoverlay: cma=384M", "dtoverlay: cma=134217728"]
    ),
    Sample(
      format: "proxmox",
      path: "etc/pve/qemu-server/204.conf",
      text: """
        args: -kernel /srv/bzImage -append "root=/dev/vda memhp_default_state=online_movable"
        cores: 2
        hotplug: disk,memory
        memory: 9216

        """,
      lines: ["root=/dev/vda memhp_default_state=online_movable"]
    ),
    Sample(
      format: "u-boot",
      path: "boot/uEnv.txt",
      text: """
        # bootargs=cma=1M
        bootargs=console=ttyO0 root=${rootdev} cma=192M
        args_usb=setenv bootargs ${bootargs} cma=64M; run boot_usb

        """,
      lines: ["bootargs: console=ttyO0 cma=192M", "bootargs: cma=64M"]
    ),
    Sample(
      format: "u-boot",
      path: "boot/boot.cmd",
      text: """
        if test -z "${x}"; then setenv x 1; fi
        env set bootargs "console=ttyAMA0 movablecore=256M ${extra}"
        booti ${kernel_addr_r} - ${fdt_addr_r}

        """,
      lines: ["bootargs: console=ttyAMA0 movablecore=256M"]
    ),
    Sample(
      format: "bottlerocket",
      path: "user-data.toml",
      text: """
        [settings.boot]
        reboot-to-reconcile = true
        [settings.boot.kernel-parameters]
        # "kernelcore" = ["9G"]
        "movablecore" = ["12G"]
        console = ["tty0", "ttyS1"]
        "quiet" = []
        [settings.boot.init-parameters]
        "log" = ["1"]

        """,
      lines: ["settings.boot: movablecore=12G console=tty0 console=ttyS1 quiet"]
    ),
    Sample(
      format: "bottlerocket",
      path: "variant/Cargo.toml",
      text: """
        [package.metadata.build-variant]
        kernel-parameters = [
            # why
            "hugepages=12",
        ]

        """,
      lines: ["package.metadata.build-variant: hugepages=12"]
    ),
    Sample(
      format: "incus",
      path: "vm.yaml",
      text: """
        name: cache1
        config:
          limits.memory: 4GiB
          limits.memory.hotplug: 8GiB
          raw.qemu.conf: |
            [boot-opts]
            kernel-params = "console=ttyS0 memhp_default_state=online_movable"
        ---
        name: cache2
        config:
          raw.qemu: -append "root=/dev/sda movablecore=1G" -smp 2

        """,
      lines: [
        "cache1: console=ttyS0 memhp_default_state=online_movable",
        "cache2: root=/dev/sda movablecore=1G",
      ]
    ),
    Sample(
      format: "kickstart",
      path: "ks/scripts.cfg",
      text: """
        %packages
        @core
        %end
        %post --log=/root/post.log
        # grubby --args=movable_node
        grubby --update-kernel=ALL --args="hugepagesz=1G hugepages=5"
        KERN="quiet movable_node"
        %end

        """,
      lines: ["%post: hugepagesz=1G hugepages=5", "%post: quiet movable_node"]
    ),
    Sample(
      format: "wsl",
      path: "home/.wslconfig",
      text: """
        [wsl2]
        memory = 12GB
        kernelCommandLine = "sysctl.vm.swappiness=1 movablecore=3G"  # half of it
        kernelCommandLine = movablecore=9G

        """,
      lines: ["sysctl.vm.swappiness=1 movablecore=3G"]
    ),
    Sample(
      format: "cloud-hypervisor",
      path: "guests/build.json",
      text: """
        {
          "memory": {"size": 1073741824, "hotplug_size": 8589934592, "hotplug_method": "VirtioMem"},
          "payload": {
            "kernel": "/srv/bzImage",
            "cmdline": "console=hvc0 memhp_default_state=online_movable"
          }
        }

        """,
      lines: ["console=hvc0 memhp_default_state=online_movable"]
    ),
    Sample(
      format: "sysctl",
      path: "etc/sysctl.d/90-memory.conf",
      text: """
        # by hand
        vm.swappiness = 10
        -vm/min_free_kbytes = 131072
        vm.lowmem_reserve_ratio = 256 256 32 0

        """,
      lines: [
        "vm: sysctl.vm.min_free_kbytes=131072 "
          + "sysctl.vm.lowmem_reserve_ratio=\"256 256 32 0\""
      ]
    ),
    Sample(
      format: "udev-rules",
      path: "etc/udev/rules.d/40-memory.rules",
      text: """
        # SUBSYSTEM=="memory", ATTR{state}="online"
        SUBSYSTEM=="memory", ACTION=="add", ATTR{state}=="offline", \\
          ATTR{state}="online_kernel"

        """,
      lines: ["line 2: memhp_default_state=online_kernel"]
    ),
    Sample(
      format: "tmpfiles",
      path: "etc/tmpfiles.d/x.conf",
      text: """
        d /run/x 0755 root root -
        w /sys/module/memory_hotplug/parameters/online_policy - - - - auto-movable

        """,
      lines: ["memory_hotplug.online_policy=auto-movable"]
    ),
    Sample(
      format: "text",
      path: "setup-memory.sh",
      text: """
        #!/bin/sh
        sysctl -w vm.min_free_kbytes=65536
        echo online_movable | tee /sys/devices/system/memory/auto_online_blocks
        for b in 1 2; do echo online_kernel > /sys/devices/system/memory/memory$b/state; done

        """,
      lines: [
        "commands: sysctl.vm.min_free_kbytes=65536 memhp_default_state=online_movable "
          + "memhp_default_state=online_kernel"
      ]
    ),
  ]
}
