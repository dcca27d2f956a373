import BootArguments

extension RecognitionFixture {
  /// Programs that start kernels.
  static let programs = [
    Sample(
      format: "source",
      path: "vmm/args.go",
      text: """
        package vmm

        // base = "kernelcore=1G"
        const base = "console=ttyS0 panic=-1 " +
        	"memhp_default_state=online " + // why
        	"memory_hotplug.online_policy=auto-movable"

        var lone = "memory_hotplug.auto_movable_ratio=250"
        var made = fmt.Sprintf("console=%s movablecore=%dM hugetlb_cma=1G", tty, size)
        var raw = `kernelcore=2G quiet`
        var r = '"'
        var err = errors.New("kernelcore=2G is too much")
        var list = []string{"-append", "root=/dev/vda kernelcore=3G", "-m", "4G"}

        """,
      lines: [
        "console=ttyS0 panic=-1 memhp_default_state=online "
          + "memory_hotplug.online_policy=auto-movable",
        "memory_hotplug.auto_movable_ratio=250", "hugetlb_cma=1G", "kernelcore=2G quiet",
        "root=/dev/vda kernelcore=3G",
      ]
    ),
    Sample(
      format: "source",
      path: "tests/test_guest.py",
      text: #"""
        """Boots a guest with kernelcore=2G and looks."""
        ARGS = ("console=ttyS0 root=/dev/vda "
                "movable_node")
        line = " ".join(["quiet", "movablecore=1G", extra])
        run(["grubby", "--update-kernel=ALL", "--args=movable_node"])
        text = "root=" + disk + " kernelcore=4G"
        size = {"movablecore": "2G", "console": "ttyS0"}
        script = '''
        set -e
        grubby --update-kernel=ALL --args="hugepagesz=2M hugepages=9"
        '''

        """#,
      lines: [
        "console=ttyS0 root=/dev/vda movable_node", "quiet movablecore=1G", "movable_node",
        "kernelcore=4G", "movablecore=2G console=ttyS0", "hugepagesz=2M hugepages=9",
      ]
    ),
    Sample(
      format: "source",
      path: "src/guest.rs",
      text: ##"""
        /* "kernelcore=1G" */
        fn line<'a>(x: &'a str) -> String {
            let raw = r#"root=/dev/vda movablecore=1G"#;
            let quote = '"';
            cmdline.insert_str("memhp_default_state=online_kernel").unwrap();
            format!("kernelcore={} hugetlb_cma=2G", x)
        }

        """##,
      lines: [
        "root=/dev/vda movablecore=1G", "memhp_default_state=online_kernel", "hugetlb_cma=2G",
      ]
    ),
    Sample(
      format: "source",
      path: "web/grub.ts",
      text: """
        // GRUB_CMDLINE_LINUX="kernelcore=1G"
        export const file = `GRUB_TIMEOUT=1
        GRUB_CMDLINE_LINUX="kernelcore=2G"
        GRUB_CMDLINE_LINUX_DEFAULT="quiet ${more}"`;
        const it = 'isn\\'t "kernelcore=9G" here';

        """,
      lines: ["kernelcore=2G quiet"]
    ),
    Sample(
      format: "source",
      path: "qemu.json5",
      text: """
        { /* all */ args: ['-append', 'console=hvc0 movablecore=3G'], } // done

        """,
      lines: ["console=hvc0 movablecore=3G"]
    ),
    Sample(
      format: "source",
      path: "Vagrantfile",
      text: """
        Vagrant.configure("2") do |config|
          # --args="movable_node"
          config.vm.provision "shell", inline: <<-SCRIPT
            grubby --update-kernel=ALL --args="movable_node quiet"
          SCRIPT
        end

        """,
      lines: ["movable_node quiet"]
    ),
  ]
}
