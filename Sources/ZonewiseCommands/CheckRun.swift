internal import Capacity
internal import FleetCheck
internal import HostCollection
internal import Reports
internal import SystemIO

/// A report that is written while the check goes on.
struct CheckOutput {
  private var writer: any CheckWriter
  private var output: StreamedOutput

  init(
    _ target: OutputTarget<CheckFormat>,
    options: CheckReportOptions,
    isQuiet: Bool
  ) throws(AtomicFile.Failure) {
    writer = target.format.writer(options)
    output = try StreamedOutput(file: target.file, isQuiet: isQuiet)
  }

  mutating func begin() throws(AtomicFile.Failure) { try output.append { writer.begin(&$0) } }

  mutating func add(_ result: CheckResult) throws(AtomicFile.Failure) {
    try output.append { writer.add(result, &$0) }
  }

  /// Whoever reads along on standard output gets what there is so far.
  mutating func show() throws(AtomicFile.Failure) { try output.show() }

  mutating func end(_ summary: CheckSummary) throws(AtomicFile.Failure) {
    try output.append { writer.end(summary, &$0) }
    try output.end()
  }
}

/// One check: pieces of input in, reports out, in the order of the input.
struct CheckRun {
  var session: CheckSession
  var outputs: [CheckOutput]
  let progress: ProgressLine?

  mutating func go(_ units: consuming CheckUnits) throws(AtomicFile.Failure) {
    var units = units
    var problem: AtomicFile.Failure?
    func report(_ results: [CheckResult]) {
      guard !results.isEmpty else { return }
      progress?.clear()
      do throws(AtomicFile.Failure) {
        for index in outputs.indices where problem == nil {
          for result in results { try outputs[index].add(result) }
          try outputs[index].show()
        }
      } catch {
        problem = error
      }
    }
    do throws(AtomicFile.Failure) {
      for index in outputs.indices { try outputs[index].begin() }
    } catch {
      problem = error
    }
    var work = OrderedWork { (unit: CheckUnit) in
      (file: unit.file, results: unit.work())
    }
    while problem == nil, let unit = units.next() {
      work.begin(unit) { report(session.take($0.results, of: $0.file)) }
    }
    work.finish { report(session.take($0.results, of: $0.file)) }
    report(session.end(policies: units.foundPolicies))
    progress?.clear()
    if let problem { throw problem }
    session.count(skipped: units.skipped)
    for index in outputs.indices { try outputs[index].end(session.summary) }
  }
}
