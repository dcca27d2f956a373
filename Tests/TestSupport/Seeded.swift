internal import Foundation
public import Testing

/// Random numbers that are the same in every run, so that a failure can be repeated.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Numbers from this seed.
  public init(seed: UInt64) { state = seed }

  /// The generator of the test that runs, by its trait `.seeded`.
  public init() {
    guard let seed = Seeded.current else { fatalError("this test lacks the trait .seeded") }
    state = seed
  }

  /// The next number, by SplitMix64.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Seeds the random numbers of a test, and says the seed with every failure.
///
/// `ZONEWISE_SEED` in the environment gives another seed, to try more or to repeat a failure.
public struct Seeded: TestTrait, SuiteTrait, TestScoping {
  let seed: UInt64

  /// For the tests of a suite, too.
  public var isRecursive: Bool { true }

  /// Runs a test with its seed.
  public func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable () async throws -> Void
  ) async throws {
    let seed = seed
    let saying = IssueHandlingTrait.compactMapIssues { issue in
      var issue = issue
      issue.comments.append("ZONEWISE_SEED=\(seed) repeats this")
      return issue
    }
    try await Seeded.$current.withValue(seed) {
      try await saying.provideScope(for: test, testCase: testCase, performing: function)
    }
  }

  /// The environment's seed; nil where it gives none.
  public static var given: UInt64? {
    ProcessInfo.processInfo.environment["ZONEWISE_SEED"].flatMap { UInt64($0) }
  }

  @TaskLocal fileprivate static var current: UInt64?
}

extension Trait where Self == Seeded {
  /// Random numbers from this seed, or from the environment's.
  public static func seeded(_ seed: UInt64) -> Self { Seeded(seed: Seeded.given ?? seed) }
}
