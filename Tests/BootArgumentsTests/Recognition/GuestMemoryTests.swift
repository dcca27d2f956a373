import BootArguments
import HostModel
import SourceText
import Testing

@Suite("Guests' memory beside their kernels' arguments")
struct GuestMemoryTests {
  private static func guests(_ text: String, _ path: String) throws -> [String] {
    try RecognitionFixture.read(text, path: path).compactMap { $0.guest }.map { guest in
      let (boot, added) = (guest.boot, guest.added)
      return "\(boot.bytes.count >> 20)@\(boot.place.line):\(boot.place.column) "
        + "+\(added.bytes.count >> 20)@\(added.place.line):\(added.place.column) \(guest.device)"
    }
  }

  private static let line = "console=ttyS0 memhp_default_state=online_movable"

  @Test("A Firecracker configuration has the boot size and the size that can be plugged in")
  func firecracker() throws {
    let text = """
      {"boot-source": {"boot_args": "\(Self.line)"},
       "machine-config": {"mem_size_mib": 768},
       "memory-hotplug": {"total_size_mib": 4096}}
      """
    #expect(try Self.guests(text, "vm.json") == ["768@2:37 +4096@3:39 virtioMem"])
    let without = "{\"boot-source\": {\"boot_args\": \"a=1\"}, \"mem_size_mib\": 768}"
    #expect(try Self.guests(without, "vm.json").isEmpty)
  }

  @Test("Of Kata's sections each has its own guests; 0 is no maximum")
  func kata() throws {
    let text = """
      [hypervisor.qemu]
      kernel_params = "\(Self.line)"
      default_memory = 512 # MiB
      default_maxmemory = 4096
      enable_virtio_mem = true
      [hypervisor.clh]
      kernel_params = "\(Self.line)"
      default_memory = 512
      default_maxmemory = 0
      [hypervisor.dragonball]
      default_memory = 128
      default_maxmemory = 4096

      """
    // What is less than a sandbox may have is not taken.
    #expect(
      try Self.guests(text, "configuration.toml") == [
        "512@3:18 +3584@4:21 virtioMem", "2048@11:18 +2048@12:21 dimm",
      ]
    )
  }

  @Test("Incus says the limit, Proxmox the whole of which 1 GiB is there at boot")
  func managers() throws {
    let incus = """
      config:
        limits.memory: 3GiB
        limits.memory.hotplug: 12GiB
        raw.qemu.conf: |
          kernel-params = "\(Self.line)"

      """
    #expect(try Self.guests(incus, "a.yaml") == ["3072@2:18 +9216@3:26 dimm"])
    let proxmox = "args: -append \"\(Self.line)\"\nhotplug: memory\nmemory: 5120\n"
    #expect(try Self.guests(proxmox, "100.conf") == ["1024@3:9 +4096@3:9 dimm"])
    let fixed = "args: -append \"\(Self.line)\"\nhotplug: disk\nmemory: 5120\n"
    #expect(try Self.guests(fixed, "100.conf").isEmpty)
  }

  @Test("Options of hypervisors in scripts; of two guests in one nobody knows whose they are")
  func options() throws {
    let script = """
      #!/bin/sh
      cloud-hypervisor --memory size=2G,hotplug_method=virtio-mem,hotplug_size=6G \\
        --cmdline "\(Self.line)"

      """
    #expect(try Self.guests(script, "run.sh") == ["2048@2:32 +6144@2:74 virtioMem"])
    let qemu = "qemu-system-x86_64 -m 1024,slots=4,maxmem=8G -append \"\(Self.line)\"\n"
    #expect(try Self.guests(qemu, "run.sh") == ["1024@1:23 +7168@1:43 dimm"])
    let two = qemu + "qemu-system-x86_64 -m 1024,maxmem=16G -append \"\(Self.line)\"\n"
    #expect(try Self.guests(two, "run.sh").isEmpty)
  }

  @Test("libvirt has units of its own, KubeVirt those of Kubernetes")
  func machines() throws {
    let domain = """
      <domain><maxMemory slots='4' unit='GiB'>40</maxMemory>
      <memory>2097152</memory>
      <os><kernel>/k</kernel><cmdline>\(Self.line)</cmdline></os></domain>
      """
    #expect(try Self.guests(domain, "a.xml") == ["2048@2:9 +38912@1:41 dimm"])
    let machine = """
      spec:
        memory: {guest: 3Gi, maxGuest: 5Gi}
        kernelBoot: {kernelArgs: "\(Self.line)"}

      """
    #expect(try Self.guests(machine, "vm.yaml") == ["3072@2:19 +2048@2:34 virtioMem"])
  }

  @Test(
    "Guests whose arguments stand elsewhere have their memory all the same",
    arguments: [
      (
        "vm.json", "{\"boot-source\": {}, \"mem_size_mib\": 512,\n\"total_size_mib\": 1024}",
        "512@1:37 +1024@2:19 virtioMem"
      ),
      (
        "ch.json", "{\"memory\": {\"size\": 1073741824,\n\"hotplug_size\": 2147483648}}",
        "1024@1:21 +2048@2:17 dimm"
      ),
      (
        "ch2.json",
        "{\"memory\": {\"size\": 0, \"zones\": [{\"id\": \"a\", \"size\": 1073741824,\n"
          + "\"hotplug_size\": 2147483648}]}}", "1024@1:54 +2048@2:17 virtioMem"
      ),
      (
        "vm.tf",
        "config = {\n  \"limits.memory\" = \"1GiB\"\n  \"limits.memory.hotplug\" = \"3GiB\"\n}\n",
        "1024@2:22 +2048@3:30 dimm"
      ),
      (
        "vm.sh", "incus launch x v --vm -c limits.memory=1GiB -c limits.memory.hotplug=3GiB\n",
        "1024@1:40 +2048@1:70 dimm"
      ),
      (
        "guest.sh", "virt-install --name a --memory 512,maxmemory=2048 --import\n",
        "512@1:32 +1536@1:46 dimm"
      ),
      (
        "kata.toml", "[hypervisor.clh]\ndefault_memory = 256\ndefault_maxmemory = 65536\n",
        "256@2:18 +65280@3:21 dimm"
      ),
      (
        "a.yaml", "config:\n  limits.memory: 1GiB\n  limits.memory.hotplug: 3GiB\n",
        "1024@2:18 +2048@3:26 dimm"
      ),
      ("100.conf", "cores: 2\nhotplug: disk,memory\nmemory: 4096\n", "1024@3:9 +3072@3:9 dimm"),
      (
        "vm.yaml", "spec:\n  domain:\n    memory: {guest: 1Gi, maxGuest: 4Gi}\n",
        "1024@3:21 +3072@3:36 virtioMem"
      ),
      (
        "neon.yaml",
        "spec:\n  guest:\n    memorySlotSize: 1Gi\n    memorySlots: {min: 2, max: 8}\n",
        "2048@4:24 +6144@4:32 virtioMem"
      ),
      (
        "q.sh", "#!/bin/sh\nqemu-system-x86_64 -m 1G,slots=2,maxmem=3G -hda a\n",
        "1024@2:23 +2048@2:41 dimm"
      ),
      (
        "Vagrantfile", "l.qemuargs :value => \"1G,slots=2,maxmem=3G\"\n",
        "1024@1:23 +2048@1:41 dimm"
      ),
      (
        "a.xml",
        "<domain>\n<maxMemory unit='GiB'>127</maxMemory>\n<memory unit='GiB'>127</memory>\n"
          + "<devices><memory model='dimm'><target><size unit='GiB'>126</size></target></memory>"
          + "</devices>\n</domain>\n", "1024@3:20 +129024@2:23 dimm"
      ),
      (
        "b.xml",
        "<domain>\n<maxMemory unit='GiB'>8</maxMemory>\n<memory unit='GiB'>4</memory>\n"
          + "<cpu><numa><cell id='0' memory='1' unit='GiB'/><cell id='1' memory='1' unit='GiB'/></numa>"
          + "</cpu><devices><memory model='virtio-mem'><target><size unit='GiB'>2</size></target>"
          + "</memory></devices>\n</domain>\n", "2048@4:12 +6144@2:23 virtioMem"
      ),
    ]
  )
  func alone(path: String, text: String, guest: String) throws {
    #expect(try Self.guests(text, path) == [guest])
  }

  @Test(
    "Nothing to grow by is no guest to judge",
    arguments: [
      ("100.conf", "cores: 2\nhotplug: disk\nmemory: 4096\n"),
      ("a.xml", "<domain>\n<memory unit='GiB'>4</memory>\n</domain>\n"),
      ("vm.yaml", "spec:\n  domain:\n    memory: {guest: 4Gi, maxGuest: 4Gi}\n"),
      ("kata.toml", "[hypervisor.clh]\ndefault_memory = 256\ndefault_maxmemory = 0\n"),
    ]
  )
  func fixed(path: String, text: String) throws {
    #expect(try Self.guests(text, path).isEmpty)
  }
}
