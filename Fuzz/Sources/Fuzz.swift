// What libFuzzer calls. ZONEWISE_FUZZ_KIND names the kind of input, so that one binary has them all.
internal import Glibc

/// The kind that this process fuzzes.
private let kind: FuzzKind = {
  let name = unsafe getenv("ZONEWISE_FUZZ_KIND").map { unsafe String(cString: $0) } ?? ""
  guard let kind = FuzzKind.all.first(where: { $0.name == name }) else {
    let known = FuzzKind.all.map(\.name).joined(separator: " ")
    FuzzKind.fail("ZONEWISE_FUZZ_KIND is '\(name)', and must be one of: \(known)")
  }
  return kind
}()

/// One input. That it ends, and traps nowhere, is what is tried.
private let oneInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { start, count in
  // libFuzzer's buffer has `count` bytes and lives as long as the call.
  kind.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// libFuzzer's own `main`.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ input: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The name that SwiftPM gives to an executable's `main`, which is then not libFuzzer's.
@_cdecl("ZonewiseFuzz_main")
public func fuzz(
  _ count: CInt,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var (count, words) = unsafe (count, words)
  return unsafe runDriver(&count, &words, oneInput)
}
