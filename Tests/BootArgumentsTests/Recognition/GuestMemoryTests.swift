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

      """
    #expect(try Self.guests(text, "configuration.toml") == ["512@3:18 +3584@4:21 virtioMem"])
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
}
