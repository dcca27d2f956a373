package import Advice
package import HostModel
package import Profiles
package import SourceText

/// What a team has decided about its files: `.zonewise.yaml`.
package struct CheckPolicy: Hashable, Sendable {
  /// What becomes of a rule's findings.
  package enum RuleSetting: Hashable, Sendable {
    case off
    case severity(Finding.Severity)
  }

  /// What holds for files, or for some of them.
  package struct Settings: Hashable, Sendable {
    /// By the rule's code.
    package var rules: [String: RuleSetting] = [:]
    package var profile: String?
    /// For files that tell no kernel or architecture.
    package var kernels: [KernelVersion]?
    package var architecture: Architecture?
    package var fine: MovableRatio?
    package var warning: MovableRatio?
    package var minimumKernelPerNode: ByteCount?

    package init() {}

    /// These settings with others on top.
    package func overlaid(by other: Settings) -> Settings {
      var result = self
      result.rules.merge(other.rules) { $1 }
      result.profile = other.profile ?? profile
      result.kernels = other.kernels ?? kernels
      result.architecture = other.architecture ?? architecture
      result.fine = other.fine ?? fine
      result.warning = other.warning ?? warning
      result.minimumKernelPerNode = other.minimumKernelPerNode ?? minimumKernelPerNode
      return result
    }

    /// A finding with the severity that the policy gives its rule; nil where the rule is off.
    func applied(to found: CheckFinding) -> CheckFinding? {
      var found = found
      switch rules[found.finding.code] {
      case .off?: return nil
      case .severity(let severity)?: found.finding.severity = severity
      case nil: break
      }
      return found
    }

    /// A profile with the policy's thresholds in place of its own.
    package func applied(to profile: Profile) -> Profile {
      var result = profile
      if let fine { result.limits.fine = fine }
      if let warning { result.limits.warning = warning }
      result.limits.warning = max(result.limits.warning, result.limits.fine)
      if let minimumKernelPerNode { result.limits.minimumKernelPerNode = minimumKernelPerNode }
      return result
    }
  }

  /// Settings for files whose path meets one of the patterns.
  package struct Scope: Hashable, Sendable {
    package var paths: [Glob]
    package var settings: Settings
  }

  /// Findings that somebody has looked at.
  package struct Entry: Hashable, Sendable {
    package var suppression: Suppression
    /// Nil for all files.
    package var paths: [Glob]?
    /// Names of classes or hosts; nil for all.
    package var subjects: [Glob]?
  }

  /// The policy's own file; nil where there is none.
  package var file: String?
  /// The folder that patterns count from, with a slash at its end; empty for the current one.
  package var folder: String
  package var common = Settings()
  package var ignored: [Glob] = []
  package var scopes: [Scope] = []
  package var entries: [Entry] = []

  /// No policy at all.
  package init() {
    file = nil
    folder = ""
  }

  package init(file: String, folder: String) {
    self.file = file
    self.folder = folder
  }

  /// A path as patterns see it.
  package func relative(_ path: String) -> String {
    path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }

  package func ignores(_ path: String) -> Bool {
    let path = relative(path)
    return ignored.contains { $0.matches(path) }
  }

  /// What holds for one file: later scopes over earlier ones.
  package func settings(for path: String) -> Settings {
    let path = relative(path)
    return scopes.filter { $0.paths.contains { $0.matches(path) } }
      .reduce(common) { $0.overlaid(by: $1.settings) }
  }
}

/// A decision that findings of some rules don't count.
package struct Suppression: Hashable, Sendable {
  /// Codes of rules.
  package var rules: [String]
  package var reason: String
  /// The first day on which it counts no more, as YYYY-MM-DD.
  package var expires: String?
  package var place: SourceLocation

  package init(rules: [String], reason: String, expires: String?, place: SourceLocation) {
    self.rules = rules
    self.reason = reason
    self.expires = expires
    self.place = place
  }

  package func isExpired(on day: String) -> Bool { expires.map { $0 <= day } ?? false }

  /// The codes of rules that are named by code or slug; the first name that is no rule else.
  package static func codes(_ names: [String]) -> Result<[String], UnknownRule> {
    var codes: [String] = []
    for name in names {
      guard let rule = RuleRegistry.find(name) else { return .failure(UnknownRule(name: name)) }
      codes.append(rule.code)
    }
    return .success(codes)
  }

  package struct UnknownRule: Error { package var name: String }

  /// Whether a text is a day: YYYY-MM-DD.
  package static func isDay(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}
