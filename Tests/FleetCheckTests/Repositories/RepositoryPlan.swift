internal import TestSupport

/// Twenty repositories such as people publish, made anew by a seed: files with arguments that are well,
/// files with mistakes that are known, and many files that are none of ours.
struct RepositoryPlan: Sendable {
  struct File {
    var path: String
    var text: String
    /// Codes of warnings and errors that are in it.
    var planted: Set<String>
  }

  let name: String
  let forms: [RepositoryForm]

  static let all: [RepositoryPlan] = [
    .init(name: "Ansible playbooks", forms: [.ansible, .grub, .grubTemplate, .tuned, .kickstart]),
    .init(name: "Talos home cluster", forms: [.talos, .machineConfig, .terraform, .cobbler]),
    .init(name: "OpenShift GitOps", forms: [.machineConfig, .butane, .tuned, .kickstart]),
    .init(name: "Fedora CoreOS nodes", forms: [.butane, .ipxe, .shell, .terraform]),
    .init(name: "NixOS configurations", forms: [.nixos, .extlinux, .limine, .cmdline]),
    .init(name: "Firecracker runner", forms: [.firecracker, .go, .rust, .shell]),
    .init(name: "Kata and confidential guests", forms: [.kata, .cloudHypervisor, .rust, .python]),
    .init(name: "libvirt lab", forms: [.libvirt, .python, .shell, .cloudInit]),
    .init(name: "Proxmox backup of /etc", forms: [.proxmox, .grub, .cmdline, .entry]),
    .init(name: "Incus cluster", forms: [.incus, .cloudInit, .terraform, .ansible]),
    .init(name: "Bottlerocket node groups", forms: [.bottlerocket, .terraform, .packer]),
    .init(name: "Yocto layer", forms: [.yocto, .deviceTree, .uEnv, .bootCommand]),
    .init(name: "Buildroot boards", forms: [.buildroot, .extlinux, .uEnv, .shell]),
    .init(name: "Armbian build", forms: [.armbian, .bootCommand, .deviceTree, .extlinux]),
    .init(name: "Raspberry Pi image", forms: [.raspberry, .shell, .ansible, .python]),
    .init(name: "Android device tree", forms: [.android, .deviceTree, .shell]),
    .init(name: "Packer and Terraform images", forms: [.packer, .terraform, .image, .kickstart]),
    .init(name: "MAAS and cobbler", forms: [.maas, .cobbler, .ipxe, .kickstart, .cloudInit]),
    .init(name: "VMM with tests", forms: [.go, .javaScript, .json5, .python, .firecracker]),
    .init(name: "Dotfiles", forms: [.refind, .entry, .mkosi, .wsl, .limine]),
  ]

  /// Arguments that have nothing wrong with them.
  private static let good: [[String]] = [
    ["quiet", "mitigations=auto"], ["hugepagesz=1G", "hugepages=4"], ["cma=64M", "quiet"],
    ["default_hugepagesz=2M", "hugepages=512"], ["transparent_hugepage=madvise", "cma=128M"],
    ["memory_hotplug.online_policy=auto-movable", "memhp_default_state=online"],
  ]

  /// Arguments with what is found in them.
  private static let bad: [(words: [String], codes: Set<String>)] = [
    (["kernelcore=1.5G"], ["ZW301"]), (["memory_hotplug.online_policy=automovable"], ["ZW302"]),
    (["memhp_default_state=online-movable"], ["ZW302"]), (["movablecore=512"], ["ZW301"]),
    (["kernelcore=8G", "movable_node"], ["ZW302"]),
    (["hugepagesz=3M", "hugepages=8"], ["ZW302"]),
    (
      ["memory_hotplug.online_policy=auto-movable", "memory_hotplug.auto_movable_ratio=9000"],
      ["ZW208"]
    ),
  ]

  /// The repository's files for a seed.
  func files(seed: UInt64) -> [File] {
    var random = SeededGenerator(seed: seed)
    var files: [File] = []
    for (number, form) in forms.enumerated() {
      let pick = Int.random(in: 0..<Self.good.count, using: &random)
      // What keeps arguments by name says more of a pair than is meant here.
      let words = form.path.hasSuffix(".toml") ? ["cma=64M"] : Self.good[pick]
      files.append(File(path: "a\(number)/" + form.path, text: form.text(words), planted: []))
      // A kernel's build configuration and a bootconfig-like table take what they take.
      guard Int.random(in: 0..<3, using: &random) > 0 else { continue }
      var bad = Self.bad[Int.random(in: 0..<Self.bad.count, using: &random)]
      if form.path.hasSuffix(".toml") { bad = Self.bad[0] }
      files.append(
        File(path: "b\(number)/" + form.path, text: form.text(bad.words), planted: bad.codes)
      )
    }
    for number in 0..<Int.random(in: 20...60, using: &random) {
      let (path, text) = RepositoryNoise.all[
        Int.random(in: 0..<RepositoryNoise.all.count, using: &random)
      ]
      files.append(File(path: "n\(number)/" + path, text: text, planted: []))
    }
    return files
  }
}

/// Files of a repository that are none of ours, and those that quote what is.
enum RepositoryNoise {
  static let all: [(path: String, text: String)] = [
    ("README.md", "# Hosts\n\nBoot with `kernelcore=1.5G movable_node` to see it fail.\n"),
    (
      "docs/spec.md",
      "```yaml\nschema: 1\nclasses:\n  - name: x\n    nodes: [{memory: lots}]\n```\n"
    ),
    ("docs/kernel.rst", "The option memory_hotplug.online_policy=automovable does not exist.\n"),
    ("LICENSE", "Permission is hereby granted, free of charge, to any person\n"),
    (".github/workflows/ci.yml", "on: [push]\njobs:\n  a:\n    steps:\n      - run: make test\n"),
    ("hiera/common.yaml", "schema: v2\nclasses:\n  - profile::base\n  - kernel\n"),
    ("package.json", "{\n  \"name\": \"x\",\n  \"scripts\": {\"test\": \"jest\"}\n}\n"),
    ("Cargo.toml", "[package]\nname = \"x\"\nversion = \"0.1.0\"\n"),
    ("go.mod", "module example.org/x\n\ngo 1.22\n"),
    ("pkg/zone_test.go", "package x\n\nconst z = `Node 0, zone   Normal\n  pages free 1\n`\n"),
    ("testdata/zoneinfo.golden.go", "Node 0, zone   Normal\n  pages free     81\n"),
    ("testdata/proc/meminfo", "MemTotal:       1024 kB\nMemFree:         512 kB\n"),
    ("src/main.rs", "fn main() {\n    // kernelcore=1.5G\n    println!(\"{}\", 1);\n}\n"),
    ("src/parse.py", "import re\nPATTERN = re.compile(r\"kernelcore=(\\\\d+)([KMG]?)\")\n"),
    ("lib/help.c", "static const char *help = \"kernelcore=nn[KMG] says how much\";\n"),
    ("notes.txt", "ask about movable memory, see the wiki\n"),
    ("ci/console.log", "[    0.000000] Linux version 6.12.0 (a@b)\n[    0.1] Kernel panic\n"),
    ("ci/test.log", "ok 1 - boots\nok 2 - kernelcore= is parsed\n"),
    ("patches/0001-mm.patch", "--- a/mm/x.c\n+++ b/mm/x.c\n+\tcmdline = \"movablecore=10\";\n"),
    ("etc/sysctl.d/10.conf", "vm.swappiness = 10\nnet.ipv4.ip_forward = 1\n"),
    (
      "etc/sysctl.d/20.conf", "vm.min_free_kbytes = 65536\nvm.lowmem_reserve_ratio = 256 256 32 0\n"
    ),
    ("udev/99-disk.rules", "SUBSYSTEM==\"block\", ACTION==\"add\", TAG+=\"systemd\"\n"),
    ("inventory.ini", "[web]\nweb1 ansible_host=10.0.0.1\n"),
    (
      "chart/values.yaml",
      "replicaCount: 2\nresources:\n  limits: {memory: 1Gi, hugepages-2Mi: 1Gi}\n"
    ),
    ("kubelet.yaml", "kind: KubeletConfiguration\nreservedMemory:\n  - numaNode: 0\n"),
    ("crd.yaml", "properties:\n  kernelArguments:\n    type: array\n    items: {type: string}\n"),
    ("xen/dom0.cfg", "dom0_mem=4G,max:4G\nloglvl=all\n"),
    ("vm/small.json", "{\"machine-config\": {\"vcpu_count\": 1, \"mem_size_mib\": 512}}\n"),
    (
      "vms/disk.xml",
      "<domain>\n  <memory unit='GiB'>4</memory>\n  <os><type>hvm</type></os>\n</domain>\n"
    ),
    ("data.csv", "name,args\na,kernelcore=1.5G\n"),
    ("logo.png", "\u{89}PNG\r\n\u{1A}\n\0\0\0\rIHDR"),
    ("bin/tool", "\u{7F}ELF\u{2}\u{1}\0\0\0\0\0\0\0kernelcore=1.5G\0"), ("empty", ""),
    ("fonts/a.woff2", "wOF2\0\u{1}\0\0"), ("archive.tar.gz", "\u{1F}not packed at all"),
    ("commented.sh", "#!/bin/sh\n# grubby --args=kernelcore=1.5G\necho done\n"),
    ("Makefile", "all:\n\t$(MAKE) -C src CMA_SIZE=64\n"),
    ("Dockerfile", "FROM debian:12\nRUN apt-get update\nENV ARGS=\"\"\n"),
  ]
}
