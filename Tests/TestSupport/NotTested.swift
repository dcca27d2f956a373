internal import Foundation
internal import Synchronization
public import Testing

/// A test that can't run here is skipped, and says so; it never passes without having run.
///
/// Where `CI` is set, what Debian has a package for must be there: such a test runs, and fails.
public enum NotTested {
  /// Whether what a test needs is there, or must be; said aloud, once, where neither is so.
  public static func unless(_ isThere: Bool, _ reason: String, isInDebian: Bool = true) -> Bool {
    if isThere || (isInDebian && isRequired) { return true }
    if said.withLock({ $0.insert(reason).inserted }) { print("*** NOT TESTED: \(reason)") }
    return false
  }

  private static let isRequired = ["CI", "ZONEWISE_REQUIRE_CONSUMERS"].contains {
    ProcessInfo.processInfo.environment[$0] != nil
  }

  private static let said = Mutex<Set<String>>([])
}

extension Trait where Self == ConditionTrait {
  /// Runs the test where all of these programs are installed.
  public static func needs(_ programs: String...) -> Self {
    let missing = programs.filter { ProgramRun.path(of: $0) == nil }.joined(separator: ", ")
    return .enabled("NOT TESTED: \(missing) not installed") {
      NotTested.unless(
        missing.isEmpty,
        "\(missing) not installed: Scripts/install-dependencies test"
      )
    }
  }

  /// Runs the test where the condition holds.
  public static func needs(
    _ what: String,
    isInDebian: Bool = true,
    _ isThere: @escaping @Sendable () -> Bool
  ) -> Self {
    .enabled("NOT TESTED: no \(what)") {
      NotTested.unless(isThere(), "no \(what)", isInDebian: isInDebian)
    }
  }

  /// Runs the test where there is a corpus of other people's machines.
  public static var needsCorpus: Self {
    .needs("corpus at \(Corpus.folder.path) (ZONEWISE_CORPUS)", isInDebian: false) {
      Corpus.isThere
    }
  }
}
