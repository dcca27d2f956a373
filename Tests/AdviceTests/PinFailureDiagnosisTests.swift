internal import Advice
internal import HostModel
internal import KernelText
internal import Testing

@Suite("Memory that could not be pinned, by a log")
struct PinFailureDiagnosisTests {
  @Test(
    "limit, zone, mappings or not told",
    arguments: [
      ("vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded", PinFailureDiagnosis.Cause.limit),
      ("libibverbs: Warning: RLIMIT_MEMLOCK is 65536 bytes.", .limit),
      ("qemu: mlockall: Operation not permitted error", .limit),
      ("qemu-kvm: VFIO_MAP_DMA failed: Cannot allocate memory", .notTold),
      (
        "qemu-kvm: vfio_dma_map(0x55, 0x0, 0x80000000, 0x7f) = -12 (Cannot allocate memory)",
        .notTold
      ),
      ("qemu-kvm: VFIO_MAP_DMA failed: No space left on device", .mappings),
      ("qemu-kvm: VFIO_MAP_DMA failed: Bad address", .zone),
      ("app: ibv_reg_mr failed: Cannot allocate memory", .notTold),
      ("mlx5_ib: ib_umem_get failed (-16)", .zone),
      ("app: failed to mlock 64 MB: Cannot allocate memory", .notTold),
      ("drv 0000:01:00.0: pin_user_pages failed: -14", .zone),
    ]
  )
  func causes(text: String, cause: PinFailureDiagnosis.Cause) throws {
    guard case .pinning(let log) = OffliningDiagnosisTests.messages(text + "\n") else {
      Issue.record("nothing was read of \(text)")
      return
    }
    let found = PinFailureDiagnosis(log)
    #expect(found.cause == cause)
    #expect(!found.answer.isEmpty && !found.remedies.isEmpty)
    #expect(found.evidence == ["line 1: \(text)"])
  }

  @Test("a limit that is named comes before errors that follow from it")
  func limitFirst() {
    let text = """
      libibverbs: Warning: RLIMIT_MEMLOCK is 65536 bytes.
          This will severely limit memory registrations.
      app: ibv_reg_mr failed: Cannot allocate memory

      """
    guard case .pinning(let log) = OffliningDiagnosisTests.messages(text) else {
      Issue.record("nothing was read")
      return
    }
    let found = PinFailureDiagnosis(log)
    #expect(found.cause == .limit)
    #expect(found.failure?.limit == .kibibytes(64))
    #expect(found.answer.contains("64.0 KiB"))
  }

  @Test(
    "what speaks of pins and reports no failure is none",
    arguments: [
      "vfio_pin_pages_remote called", "mlock: 4096 pages", "MAP_DMA done", "pin pages: 3",
    ]
  )
  func others(text: String) {
    #expect(OffliningDiagnosisTests.messages(text + "\n") == nil)
  }
}
