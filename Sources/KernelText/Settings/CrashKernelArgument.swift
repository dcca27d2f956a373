package import HostModel

/// The `crashkernel=` words of a command line together (`parse_crashkernel`, kernel/crash_core.c,
/// kernel/crash_reserve.c since 6.9).
///
/// Of each suffix the last word counts. A word without one makes the kernel ignore `,high` and
/// `,low`; `,cma` adds to either, and counts for nothing alone.
package struct CrashKernelArgument: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    /// Below 4 GiB where it fits, else above.
    case low
    /// From the top of memory.
    case high
    case at(ByteCount)
  }

  package let size: ByteCount
  package let place: Place
  /// What is kept below 4 GiB beside memory above; nil for the kernel's own choice.
  package let low: ByteCount?
  /// What may be used by movable pages until the kernel crashes.
  package let cma: ByteCount
  /// The words that count, in the order of the line.
  package let words: [KernelArgument]

  /// Nil where the words reserve nothing.
  ///
  /// - Parameters:
  ///   - arguments: The words of a command line.
  ///   - memory: RAM of the machine, which ranges (`1G-4G:192M`) are about.
  package init?(_ arguments: [KernelArgument], memory: ByteCount) {
    func last(_ suffix: String?) -> KernelArgument? {
      arguments.last { argument in
        guard argument.name == "crashkernel", let value = argument.value else { return false }
        guard let suffix else { return !Self.suffixes.contains { value.hasSuffix($0) } }
        return value.hasSuffix(suffix)
      }
    }
    var words: [KernelArgument] = []
    if let plain = last(nil) {
      guard let found = Self.plain(plain.value ?? "", memory: memory) else { return nil }
      (size, place) = found
      low = nil
      words.append(plain)
    } else {
      guard let high = last(",high"), let found = Self.suffixed(high, ",high") else { return nil }
      size = found
      place = .high
      if let word = last(",low") {
        guard let found = Self.suffixed(word, ",low") else { return nil }
        low = found
        words.append(word)
      } else {
        low = nil
      }
      words.append(high)
    }
    guard size > .zero, size < memory else { return nil }
    let cma = last(",cma")
    self.cma = cma.flatMap { Self.suffixed($0, ",cma") } ?? .zero
    self.words = (words + [cma].compactMap { $0 }).sorted {
      $0.range.lowerBound < $1.range.lowerBound
    }
  }

  private static let suffixes = [",high", ",low", ",cma"]

  /// `parse_crashkernel_suffix`: the size, the suffix, and nothing else.
  private static func suffixed(_ argument: KernelArgument, _ suffix: String) -> ByteCount? {
    guard let value = argument.value else { return nil }
    var scanner = SizeScanner(String(value.dropLast(suffix.count)))
    guard let size = scanner.size(), scanner.isAtEnd else { return nil }
    return size
  }

  /// `parse_crashkernel_simple` and `parse_crashkernel_mem`: a colon tells the second.
  private static func plain(_ value: String, memory: ByteCount) -> (ByteCount, Place)? {
    var scanner = SizeScanner(value)
    guard value.contains(":") else {
      guard let size = scanner.size() else { return nil }
      if scanner.isAtEnd { return (size, .low) }
      guard scanner.take("@"), let start = scanner.size() else { return nil }
      return (size, start > .zero ? .at(start) : .low)
    }
    let memory = memory.roundedUp(to: .mebibytes(128))
    repeat {
      guard let start = scanner.size(), scanner.take("-") else { return nil }
      let end = scanner.size() ?? .max
      guard end > start, scanner.take(":"), let size = scanner.size(), size < memory else {
        return nil
      }
      guard memory >= start, memory < end else { continue }
      guard scanner.skip(behind: "@") else { return (size, .low) }
      guard let base = scanner.size() else { return nil }
      return (size, base > .zero ? .at(base) : .low)
    } while scanner.take(",")
    return nil
  }
}
