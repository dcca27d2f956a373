package import FleetCheck

/// One output format of a check, written piece by piece so that memory stays flat however many
/// results there are.
///
/// A value per output: `begin` once, `add` for each result in the order of the input, `end` once.
/// Each appends the bytes that are ready to `output`.
package protocol CheckWriter: Sendable {
  mutating func begin(_ output: inout [UInt8])
  mutating func add(_ result: CheckResult, _ output: inout [UInt8])
  mutating func end(_ summary: CheckSummary, _ output: inout [UInt8])
}
