internal import FleetCheck
internal import HostCollection
internal import Reports
internal import SystemIO

/// A report that is written while the check goes on.
struct CheckOutput {
  var writer: any CheckWriter
  /// Nil for standard output.
  let file: AtomicFile?
  let isSilent: Bool
  private var bytes: [UInt8] = []

  init(writer: any CheckWriter, file: AtomicFile?, isSilent: Bool) {
    self.writer = writer
    self.file = file
    self.isSilent = isSilent
  }

  mutating func begin() throws(AtomicFile.Failure) {
    writer.begin(&bytes)
    try flush(ifBeyond: 1 << 16)
  }

  mutating func add(_ result: CheckResult) throws(AtomicFile.Failure) {
    writer.add(result, &bytes)
    try flush(ifBeyond: 1 << 16)
  }

  mutating func end(_ summary: CheckSummary) throws(AtomicFile.Failure) {
    writer.end(summary, &bytes)
    try flush(ifBeyond: 0)
    try file?.commit()
  }

  private mutating func flush(ifBeyond limit: Int) throws(AtomicFile.Failure) {
    guard bytes.count > limit else { return }
    if let file {
      try file.write(bytes)
    } else if !isSilent {
      Console.write(bytes)
    }
    bytes.removeAll(keepingCapacity: true)
  }
}

/// One check: pieces of input in, reports out, in the order of the input.
struct CheckRun {
  /// What there was beside what could be judged.
  struct Looked {
    var skipped: Int
  }

  var session: CheckSession
  var outputs: [CheckOutput]

  mutating func go(_ units: consuming CheckUnits) throws -> Looked {
    var units = units
    var problem: AtomicFile.Failure?
    func report(_ results: [CheckResult]) {
      for result in results where problem == nil {
        for index in outputs.indices {
          do throws(AtomicFile.Failure) { try outputs[index].add(result) } catch {
            problem = error
          }
        }
      }
    }
    do throws(AtomicFile.Failure) {
      for index in outputs.indices { try outputs[index].begin() }
    } catch {
      problem = error
    }
    var work = OrderedWork(width: Processors.count) { (unit: CheckUnit) in
      (file: unit.file, results: unit.work())
    }
    while problem == nil, let unit = units.next() {
      work.begin(unit) { report(session.take($0.results, of: $0.file)) }
    }
    work.finish { report(session.take($0.results, of: $0.file)) }
    report(session.end(policies: units.foundPolicies))
    do throws(AtomicFile.Failure) {
      if let problem { throw problem }
      for index in outputs.indices { try outputs[index].end(session.summary) }
    } catch {
      Console.report(error.description)
      throw ExitStatus.notJudged.error
    }
    return Looked(skipped: units.skipped)
  }
}
