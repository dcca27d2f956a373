package import HostModel

/// What a log says of memory that could not be pinned or locked: of the kernel's drivers, and of the
/// programs that asked (QEMU, DPDK, RDMA libraries).
package struct PinFailureLog: Hashable, Sendable {
  /// One message, in the words of whoever wrote it.
  package struct Failure: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// The limit of locked memory is named.
      case limit
      /// A device's mapping (VFIO, vDPA) was refused.
      case mapping
      /// A region for RDMA was refused.
      case registration
      /// mlock or mlockall was refused.
      case lock
      /// The kernel's own pinning failed.
      case pin
    }

    package var line: Int
    package var kind: Kind
    package var text: String
    /// The error's number, positive: 12 is ENOMEM.
    package var error: Int64?
    /// The limit of locked memory, where it is told.
    package var limit: ByteCount?
  }

  package var failures: [Failure] = []

  package init() {}

  package var isEmpty: Bool { failures.isEmpty }
  package var line: Int { failures.first?.line ?? 1 }
}

extension PinFailureLog {
  private static let most = 256

  mutating func read(_ text: String, line: Int) {
    guard failures.count < Self.most, let kind = Self.kind(text) else { return }
    failures.append(
      Failure(
        line: line,
        kind: kind,
        text: String(text.prefix(300)),
        error: Self.error(text),
        limit: kind == .limit ? Self.limit(text) : nil
      )
    )
  }

  private static func kind(_ text: String) -> Failure.Kind? {
    if text.contains("MEMLOCK") || text.contains("memlock limit") { return .limit }
    let isRefused = ["ail", "annot", "rror", " = -", ": -", "could not", "ouldn't"]
      .contains { text.contains($0) }
    guard isRefused else { return nil }
    func has(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if has("MAP_DMA", "vfio_dma_map", "vfio_container_dma_map", "vdpa_dma_map", "IOMMU_MAP") {
      return .mapping
    }
    if has("ibv_reg_mr", "ib_umem_get", "reg_user_mr", "register memory region", "ibv_create_") {
      return .registration
    }
    if has("pin_user_pages", "vfio_pin_pages", "pin pages", "pin memory", "pin_longterm") {
      return .pin
    }
    return has("mlockall", "mlock:", "mlock(", "mlock2", "os_mlock", "to mlock") ? .lock : nil
  }

  private static func error(_ text: String) -> Int64? {
    let names: [(String, Int64)] = [
      ("Cannot allocate memory", 12), ("ENOMEM", 12), ("No space left", 28), ("ENOSPC", 28),
      ("Device or resource busy", 16), ("EBUSY", 16), ("Bad address", 14), ("EFAULT", 14),
      ("not permitted", 1), ("EPERM", 1), ("temporarily unavailable", 11), ("EAGAIN", 11),
    ]
    if let named = names.first(where: { text.contains($0.0) }) { return named.1 }
    // `= -12`, `: -12`, `(-12)`, `error -12`
    for mark in ["= -", ": -", "(-", "error -", "err -", "ret -"] {
      let fields = OOMReportFields(text)
      if let number = fields.number(after: mark), (1...133).contains(number) { return number }
    }
    return nil
  }

  /// `RLIMIT_MEMLOCK is 65536 bytes`, `RLIMIT_MEMLOCK (65536) exceeded`
  private static func limit(_ text: String) -> ByteCount? {
    guard let mark = text.firstRange(of: "MEMLOCK") else { return nil }
    let digits = text[mark.upperBound...].drop { !($0.isASCII && $0.isNumber) }
      .prefix { $0.isASCII && $0.isNumber }
    return UInt64(digits).map { ByteCount($0) }
  }
}
