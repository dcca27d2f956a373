internal import HostModel
internal import SourceText

/// `limits.memory` and `limits.memory.hotplug` of one Incus or LXD instance in a text of any kind: a
/// command's `-c limits.memory=8GiB`, a map of Terraform's, a preseed.
struct IncusLimits {
  let bytes: [UInt8]

  private static let key = "limits.memory"

  /// Nil where one of them is missing, or there are several that differ.
  var memory: GuestMemory<Int>? {
    let most = values(of: Self.key + ".hotplug")
    guard let first = most.first, most.allSatisfy({ $0.bytes == first.bytes }) else { return nil }
    let boot = values(of: Self.key)
    guard let size = boot.first, boot.allSatisfy({ $0.bytes == size.bytes }) else { return nil }
    return GuestMemory(boot: size, upTo: first, by: .dimm)
  }

  private func values(of key: String) -> [GuestMemory<Int>.Size] {
    var found: [GuestMemory<Int>.Size] = []
    var start = 0
    let name = Array(key.utf8)
    while let range = bytes[start...].firstRange(of: name) {
      start = range.upperBound
      let rest = bytes[start...].drop { "\"' \t".utf8.contains($0) }
      guard let sign = rest.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") else {
        continue
      }
      let value = rest.dropFirst().drop { "\"' \t".utf8.contains($0) }.prefix {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2E
      }
      guard let size = ByteCount(text: String(decoding: value, as: UTF8.self)) else { continue }
      found.append(.init(size, at: value.startIndex))
    }
    return found
  }
}
