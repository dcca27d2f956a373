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
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // libFuzzer's buffer has `count` bytes and lives as long as the call.
  kind.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
