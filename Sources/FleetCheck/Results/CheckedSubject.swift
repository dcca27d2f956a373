package import Advice
package import HostModel
package import SourceText

/// One thing that a check judged, with everything that was found on it.
package struct CheckedSubject: Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// A machine class of a fleet spec.
    case machineClass = "class"
    /// A host from a capture, a root, a sosreport or a snapshot.
    case host
    /// The kernel arguments in a file, with no machine known.
    case commandLine = "command-line"
    /// A machine as its boot log shows it.
    case bootLog = "boot-log"
    /// The check's own policy and the suppressions in files.
    case policy
  }

  package var kind: Kind
  /// The class's name, the host's name, or what kind of file it is.
  package var name: String
  /// Where the subject stands: line 1, column 1 for a whole file.
  package var place: SourceLocation
  /// Machines that the class stands for.
  package var count: Int
  /// The kernels that it was judged for.
  package var kernels: [String]
  package var profile: String?
  /// The worst over its kernels; nil where there is no machine to judge.
  package var verdict: Verdict?
  /// How much boot memory is Movable, from the least to the most over its kernels; nil where that
  /// is not known, or none is.
  package var movable: ClosedRange<ByteCount>?
  /// Worst first, those that are suppressed or in the baseline too.
  package var findings: [CheckFinding]
  package var unknown: [UnreadInput]
  /// What was taken for granted, one sentence each.
  package var assumptions: [String]
  /// What comments say in other files that findings point into, by their paths.
  package var suppressions: [String: InlineSuppressions]

  package init(kind: Kind, name: String, place: SourceLocation) {
    self.kind = kind
    self.name = name
    self.place = place
    count = 1
    kernels = []
    profile = nil
    verdict = nil
    movable = nil
    findings = []
    unknown = []
    assumptions = []
    suppressions = [:]
  }

  /// Findings that count: neither suppressed nor known from the baseline.
  package var open: [CheckFinding] { findings.filter(\.isOpen) }
}

/// A finding with the place in a file that it points at.
package struct CheckFinding: Sendable {
  /// Its location is always set.
  package var finding: Finding
  /// The finding and its cure in words: every format says them, some twice, so they are made once, by
  /// the thread that judged.
  package let message: String
  package let remedy: String
  /// Characters that the caret underlines; 0 where it points at a whole file or line.
  package var length: Int
  /// The line of the file, without its line break; nil where the file has no lines to show.
  package var excerpt: String?
  /// The kernels that it was found on, where the subject was judged for several.
  package var kernels: [String]
  /// Stays the same when lines move: rule, file, subject and argument.
  package var fingerprint: String
  package var suppression: Suppressed?
  /// Whether the baseline has it.
  package var isInBaseline: Bool

  /// Why a finding doesn't count.
  package struct Suppressed: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      /// A comment in the file.
      case inSource
      /// An entry of the policy.
      case external
    }

    package var kind: Kind
    package var reason: String
    /// Where the suppression stands.
    package var place: SourceLocation

    package init(kind: Kind, reason: String, place: SourceLocation) {
      self.kind = kind
      self.reason = reason
      self.place = place
    }
  }

  package init(_ finding: Finding, at location: SourceLocation, length: Int = 0) {
    self.finding = finding
    message = finding.message
    remedy = finding.remedy
    self.finding.place = .file(location)
    self.length = length
    kernels = []
    fingerprint = ""
    isInBaseline = false
  }

  package var isOpen: Bool { suppression == nil && !isInBaseline }

  package var location: SourceLocation {
    finding.location ?? SourceLocation(file: "", line: 1, column: 1)
  }
}

/// What became of one part of the input, in the order of the input.
package enum CheckResult: Sendable {
  case judged(CheckedSubject)
  /// An input that could not be judged.
  case failed(LocatedError)
  /// A file of a kind that is not read, with arguments in it.
  case unread(UnreadFile)
}
