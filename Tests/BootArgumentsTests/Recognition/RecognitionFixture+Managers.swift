import BootArguments

extension RecognitionFixture {
  /// Forms of what manages many machines: names and values apart, and files inside values.
  static let managers = [
    Sample(
      format: "kubelet",
      path: "cluster/kubelet.yaml",
      text: """
        kind: KubeletConfiguration
        reservedMemory:
          - numaNode: 1
            limits: {memory: 900Mi, hugepages-1Gi: 2Gi}
          - numaNode: 0
            limits:
              hugepages-2Mi: 64Mi

        """,
      lines: ["reservedMemory: kubelet.reserved=1:900Mi"]
    ),
    Sample(
      format: "kubelet",
      path: "cluster/kubelet.json",
      text: #"{"reservedMemory":[{"numaNode":0,"limits":{"memory":"1Gi"}}]}"#,
      lines: ["reservedMemory: kubelet.reserved=0:1Gi"]
    ),
    Sample(
      format: "openshift",
      path: "cluster/both.yaml",
      text: """
        kind: MachineConfig
        spec:
          kernelArguments: [kernelcore=8G]
        ---
        kind: KubeletConfig
        metadata: {name: memory}
        spec:
          kubeletConfig:
            reservedMemory:
              - {numaNode: 0, limits: {memory: 3Gi}}

        """,
      lines: ["kernelcore=8G", "reservedMemory of memory: kubelet.reserved=0:3Gi"]
    ),
    Sample(
      format: "text",
      path: "manifests/grub.pp",
      text: """
        kernel_parameter { 'kernelcore': ensure => present, value => '4G' }
        kernel_parameter { 'hugepagesz': value => ['1G', '2M'] }
        kernel_parameter { 'movable_node': ensure => present }
        kernel_parameter { 'movablecore': ensure => absent }
        class { 'grub': cmdline => 'quiet movablecore=2G' }

        """,
      lines: ["kernelcore=4G hugepagesz=1G hugepagesz=2M movable_node", "quiet movablecore=2G"]
    ),
    Sample(
      format: "yaml",
      path: "salt/grub.sls",
      text: """
        grub_cmdline:
          file.replace:
            - name: /etc/default/grub
            - repl: 'GRUB_CMDLINE_LINUX="movablecore=4G"'

        """,
      lines: ["repl: movablecore=4G"]
    ),
    Sample(
      format: "yaml",
      path: "group_vars/all.yml",
      text: """
        kernel_parameters:
          - {name: kernelcore, value: 8G}
          - {name: movablecore, value: 4G, state: absent}
        other_kernel_parameters:
          memhp_default_state: {value: online}

        """,
      lines: ["other_kernel_parameters: memhp_default_state=online", "kernelcore=8G"]
    ),
    Sample(
      format: "yaml",
      path: "etc/cobbler/settings",
      text: """
        kernel_options:
          lang: " "
          kernelcore: 4G
          movable_node: ~

        """,
      lines: ["kernel_options: lang= kernelcore=4G movable_node"]
    ),
    Sample(
      format: "yaml",
      path: "eks/nodes.yaml",
      text: """
        nodeGroups:
          - amiFamily: Bottlerocket
            bottlerocket:
              settings:
                boot:
                  kernel-parameters:
                    hugepages: ["4", "8"]
                    movable_node: []

        """,
      lines: ["kernel-parameters: hugepages=4 hugepages=8 movable_node"]
    ),
    Sample(
      format: "yaml",
      path: "eks/class.yaml",
      text: """
        kind: EC2NodeClass
        spec:
          userData: |
            [settings.boot.kernel-parameters]
            movablecore = ["4G"]

        """,
      lines: ["userData: movablecore=4G"]
    ),
    Sample(
      format: "text",
      path: "autoyast/profile.xml",
      text: """
        <bootloader>
          <global>
            <append>
              kernelcore=4G
              movable_node
            </append>
            <timeout>5</timeout>
          </global>
        </bootloader>

        """,
      lines: ["kernelcore=4G movable_node"]
    ),
    Sample(
      format: "text",
      path: "preseed.cfg",
      text: """
        d-i debian-installer/locale string en_US
        d-i debian-installer/add-kernel-opts string quiet movablecore=4G

        """,
      lines: ["quiet movablecore=4G"]
    ),
    Sample(
      format: "text",
      path: "bin/guest.sh",
      text: """
        crosvm run --mem size=512 -p "console=ttyS0 movablecore=4G" vmlinux
        vng -a kernelcore=2G -- ls
        echo "movablecore=3G" >> /etc/kernel/cmdline
        grep "movablecore=1G" /proc/cmdline
        KDUMP_COMMANDLINE_APPEND="nr_cpus=1 movable_node hugepages=0"

        """,
      lines: ["console=ttyS0 movablecore=4G", "kernelcore=2G", "movablecore=3G"]
    ),
    Sample(
      format: "text",
      path: "etc/rc.local.sh",
      text: """
        for block in /sys/devices/system/memory/memory*/state; do
          echo online_movable > "$block"
        done

        """,
      lines: ["commands: memhp_default_state=online_movable"]
    ),
    Sample(
      format: "text",
      path: "modules/kexec.nix",
      text: """
        { ... }: {
          services.kexec.kernelArgs = "movablecore=4G"; # not kernelcore=1G
        }

        """,
      lines: ["movablecore=4G"]
    ),
    Sample(
      format: "device-tree",
      path: "boards/b.dts",
      text: """
        / { chosen { bootargs-append = " kernelcore=2G"; bootargs = "quiet"; }; };

        """,
      lines: ["bootargs: quiet", "bootargs-append: kernelcore=2G"]
    ),
    Sample(
      format: "raspberry-pi",
      path: "boot/config.txt",
      text: """
        dtoverlay=vc4-kms-v3d,cma-1024
        dtoverlay=cma,cma-size=0x10000000
        [none]
        dtoverlay=vc4-kms-v3d,cma-512
        [all]
        dtoverlay=vc4-kms-v3d,cma-size=lots

        """,
      lines: ["dtoverlay: cma=268435456"]
    ),
    Sample(
      format: "kickstart",
      path: "foreman/provision.erb",
      text: """
        <%#
        kind: provision
        %>
        bootloader --location=mbr --append="<%= host_param('x') %> movablecore=4G"
        %packages
        @core
        %end

        """,
      lines: ["movablecore=4G"]
    ),
    Sample(
      format: "udev-rules",
      path: "rules.d/40-memory.rules",
      text: """
        SUBSYSTEM!="memory", GOTO="memory_end"
        ACTION!="add", GOTO="memory_end"
        ENV{.state}="online"
        PROGRAM="/bin/systemd-detect-virt", RESULT=="none", ENV{.state}="online_movable"
        ATTR{state}=="offline", ATTR{state}="$env{.state}"
        LABEL="memory_end"
        SUBSYSTEM!="memory", ATTR{state}="online_kernel"
        SUBSYSTEM=="memory", RUN+="/bin/sh -c 'echo online > /sys$devpath/state'"

        """,
      lines: [
        "line 4: memhp_default_state=online_movable", "line 8: memhp_default_state=online",
      ]
    ),
    Sample(
      format: "kernel-config",
      path: "kernel/memory.config",
      text: """
        # CONFIG_MHP_DEFAULT_ONLINE_TYPE_OFFLINE is not set
        CONFIG_MHP_DEFAULT_ONLINE_TYPE_ONLINE_KERNEL=y

        """,
      lines: ["CONFIG_MHP_DEFAULT_ONLINE_TYPE_ONLINE_KERNEL: memhp_default_state=online_kernel"]
    ),
    Sample(
      format: "text",
      path: "bin/several-lines.sh",
      text: #"""
        KERNEL_ARGS="quiet \
          kernelcore=2G \
          nosmt"
        export MORE='
          console=ttyS0
          movablecore=3G
        '
        CMDLINE=( console=ttyS0 movablecore=4G )
        echo "kernelcore=
        1G"

        """#,
      lines: [
        "quiet kernelcore=2G nosmt", "console=ttyS0 movablecore=3G",
        "console=ttyS0 movablecore=4G",
      ]
    ),
    Sample(
      format: "text",
      path: "settings.toml",
      text: """
        [settings.kernel.sysctl]
        "vm.lowmem_reserve_ratio" = "256 32 0"
        "kernel.panic" = "1"

        """,
      lines: ["commands: sysctl.vm.lowmem_reserve_ratio=\"256 32 0\""]
    ),
  ]
}
