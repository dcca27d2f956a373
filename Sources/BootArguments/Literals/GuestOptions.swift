internal import HostModel

/// The memory of the guest that a command for a hypervisor starts: cloud-hypervisor's
/// `--memory size=…,hotplug_size=…` and `--memory-zone`, QEMU's `-m size,maxmem=…`, virt-install's
/// `--memory size,maxmemory=…`, Incus' `limits.memory.hotplug` beside `limits.memory`.
enum GuestOptions {
  /// Nil where a text has no such option, or several that differ.
  static func memory(in bytes: [UInt8]) -> GuestMemory<Int>? {
    var found: [GuestMemory<Int>] = []
    for key in ["hotplug_size=", "maxmem=", "maxmemory="] {
      var start = 0
      let name = Array(key.utf8)
      while let range = bytes[start...].firstRange(of: name) {
        start = range.upperBound
        guard let guest = guest(around: range, in: bytes) else { continue }
        found.append(guest)
      }
    }
    if let instance = IncusLimits(bytes: bytes).memory { found.append(instance) }
    guard let first = found.first,
      found.allSatisfy({
        $0.boot.bytes == first.boot.bytes && $0.added.bytes == first.added.bytes
      })
    else { return nil }
    return first
  }

  private static func guest(
    around key: Range<Int>,
    in bytes: [UInt8]
  ) -> GuestMemory<Int>? {
    let start = (bytes[..<key.lowerBound].lastIndex { endsOption($0) } ?? -1) + 1
    let end = bytes[key.upperBound...].firstIndex { endsOption($0) } ?? bytes.count
    var sizes: [String: GuestMemory<Int>.Size] = [:]
    var isVirtioMem = false
    for part in bytes[start..<end].split(separator: UInt8(ascii: ",")) {
      let equals = part.firstIndex(of: UInt8(ascii: "="))
      let name = equals.map { String(decoding: part[..<$0], as: UTF8.self) } ?? "size"
      let value = equals.map { part[($0 + 1)...] } ?? part
      let text = String(decoding: value, as: UTF8.self)
      if name == "hotplug_method" { isVirtioMem = text == "virtio-mem" }
      guard let bytes = size(text, isBytes: name == "hotplug_size") else { continue }
      sizes[name] = .init(bytes, at: value.startIndex)
    }
    guard let boot = sizes["size"] ?? sizes["memory"] else { return nil }
    if let added = sizes["hotplug_size"], added.bytes > 0 {
      return GuestMemory(boot: boot, adding: added, by: isVirtioMem ? .virtioMem : .dimm)
    }
    return (sizes["maxmem"] ?? sizes["maxmemory"]).flatMap {
      GuestMemory(boot: boot, upTo: $0, by: .dimm)
    }
  }

  /// `512M`, `1G`; a bare number counts MiB for QEMU and bytes for cloud-hypervisor.
  private static func size(_ text: String, isBytes: Bool) -> ByteCount? {
    let units: [Character: UInt64] = ["k": 10, "m": 20, "g": 30, "t": 40]
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = UInt64(digits), count < 1 << 40 else { return nil }
    let rest = text.dropFirst(digits.count).lowercased()
    guard let unit = rest.first else {
      return isBytes || count >= 1 << 20 ? ByteCount(count) : .mebibytes(count)
    }
    guard let shift = units[unit], ["", "b", "ib"].contains(rest.dropFirst()) else { return nil }
    return ByteCount(1 << shift) * count
  }

  private static func endsOption(_ byte: UInt8) -> Bool {
    ArgumentText.isBlank(byte) || "\"'`[](){};|&".utf8.contains(byte)
  }
}
