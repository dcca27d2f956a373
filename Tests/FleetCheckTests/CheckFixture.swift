internal import Advice
internal import Capacity
internal import FleetCheck
internal import Foundation
internal import SourceText
internal import Testing

/// A folder of files that are checked as the command checks them.
struct CheckFixture: ~Copyable {
  let folder: URL

  init(_ files: [String: String] = [:]) throws {
    folder = URL.temporaryDirectory.appending(path: "zonewise-check-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A policy above the folder would be found else.
    try write("schema: 1\n", to: ".zonewise.yaml")
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// With a slash at its end.
  var path: String { folder.path() + (folder.path().hasSuffix("/") ? "" : "/") }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try data.write(to: file)
  }

  struct Answer {
    var results: [CheckResult]
    var session: CheckSession
    /// Files that are none of ours.
    var skipped = 0

    var subjects: [CheckedSubject] {
      results.compactMap { if case .judged(let subject) = $0 { subject } else { nil } }
    }

    var failures: [LocatedError] {
      results.compactMap { if case .failed(let failure) = $0 { failure } else { nil } }
    }

    var findings: [CheckFinding] { subjects.flatMap(\.findings) }

    /// `fleet.yaml:9:7 ZW302`, for what is open.
    func lines(in folder: String) -> [String] {
      findings.filter(\.isOpen).map { found in
        let place = found.location
        let file =
          place.file.hasPrefix(folder) ? place.file.dropFirst(folder.count) : place.file[...]
        return "\(file):\(place.line):\(place.column) \(found.finding.code)"
      }
    }

    func codes(of name: String) -> [String] {
      subjects.filter { $0.name == name }.flatMap(\.findings).filter(\.isOpen).map(\.finding.code)
    }
  }

  /// Checks paths under the folder; none stands for all of it.
  func check(
    _ names: [String] = [],
    day: String = "2026-06-15",
    baseline: Baseline? = nil,
    options: CheckUnits.Options = CheckUnits.Options(),
    width: Int = 2
  ) async throws -> Answer {
    let root = path.hasSuffix("/") ? String(path.dropLast()) : path
    let paths = names.isEmpty ? [root] : names.map { root + "/" + $0 }
    var units = CheckUnits(paths, policies: PolicyFinder(), options: options)
    var session = CheckSession(day: day, baseline: baseline, writesBaseline: true, isWhole: true)
    var results: [CheckResult] = []
    var work = OrderedWork(width: width) { (unit: CheckUnit) in
      (file: unit.file, results: unit.work())
    }
    while let unit = units.next() {
      work.begin(unit) { results += session.take($0.results, of: $0.file) }
    }
    work.finish { results += session.take($0.results, of: $0.file) }
    results += session.end(policies: units.foundPolicies)
    return Answer(results: results, session: session, skipped: units.skipped)
  }
}
