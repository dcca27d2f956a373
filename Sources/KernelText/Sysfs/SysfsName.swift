package import HostModel

/// Names of entries in sysfs directories that carry a number.
package enum SysfsName {
  /// 123 of `memory123`; nil for any other name.
  package static func memoryBlock(_ name: String) -> UInt64? {
    number(name, after: "memory", before: "")
  }

  /// 7 of `node7`; nil for any other name.
  package static func node(_ name: String) -> NodeID? {
    number(name, after: "node", before: "").flatMap { UInt32(exactly: $0) }.map { NodeID($0) }
  }

  /// 4 of `memory_tier4`; nil for any other name.
  package static func memoryTier(_ name: String) -> UInt32? {
    number(name, after: "memory_tier", before: "").flatMap { UInt32(exactly: $0) }
  }

  /// 1 GiB of `hugepages-1048576kB`; nil for any other name.
  package static func hugePageSize(_ name: String) -> ByteCount? {
    guard let size = number(name, after: "hugepages-", before: "kB"), size > 0, size < 1 << 50
    else { return nil }
    return .kibibytes(size)
  }

  private static func number(_ name: String, after prefix: String, before suffix: String) -> UInt64?
  {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let digits = Array(name.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
    // `node007` is no name that the kernel gives.
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
    return digits.span.decimal(digits.indices)
  }
}
