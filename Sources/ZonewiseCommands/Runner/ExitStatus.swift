internal import ArgumentParser

/// What the process tells its caller; the same for every command.
enum ExitStatus: Int32 {
  case done = 0
  /// Findings at or above the threshold.
  case findings = 1
  /// An input is missing, unreadable or not understood: nothing was judged.
  case notJudged = 2
  /// With --strict: judged, but some inputs were unknown.
  case incomplete = 3
  case usage = 64
  /// A defect in zonewise itself.
  case defect = 70

  var error: ExitCode { ExitCode(rawValue) }
}
