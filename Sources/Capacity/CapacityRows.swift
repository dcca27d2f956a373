package import Advice
internal import BootArguments
package import HostCollection
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
package import Profiles
internal import SourceText

/// The rows of one source of a report: one for most, many for a stream of bundles. A source, or a
/// bundle, that fails is a row that says so.
package struct CapacityRows: Sendable {
  package let workload: Workload
  package let whatIf: WhatIf
  package var standardInput = StreamName()

  /// What lines of standard input are called: a part of a larger stream keeps the whole one's numbers.
  package struct StreamName: Sendable {
    /// Nil for "standard input".
    package var name: String?
    package var firstLine: Int

    package init(name: String? = nil, firstLine: Int = 1) {
      self.name = name
      self.firstLine = firstLine
    }
  }

  package init(workload: Workload, whatIf: WhatIf) {
    self.workload = workload
    self.whatIf = whatIf
  }

  /// Something to judge, that no other work needs to wait for.
  package enum Work: Sendable {
    /// A source that can be read from its beginning whenever it is wanted; empty for this host.
    case path(String)
    case found(FoundSource, name: String)
    case lines([BundleLine], name: String)
    /// A spec on standard input.
    case spec(FileLines)
    /// It could not even be opened, or a line of it was too long.
    case failed(HostRow)
  }

  /// Lines that are judged together.
  private static let linesTogether = 8

  /// Hands on the work that a source makes, in order: it only finds out what the source is, and
  /// reads ahead in streams.
  package func split(_ source: String, _ take: (Work) throws -> Void) throws {
    let isInput = source == "-"
    let name = isInput ? standardInput.name ?? Self.name(source) : Self.name(source)
    let linesBefore = isInput ? standardInput.firstLine - 1 : 0
    if source.isEmpty || ClassPath.split(source).name != nil
      || SourceFinder.canBeReadAgain(source) && !SourceFinder.holdsBundles(source)
    {
      return try take(.path(source))
    }
    do {
      let input = try SourceInput(path: source)
      if SpecClasses.recognizes(input.head), SourceFinder.head(input.head) == .other {
        let bytes = try input.all(limit: FileLines.largest)
        return try take(.spec(FileLines(path: name, bytes: bytes)))
      }
      switch try SourceFinder.findHosts(in: input) {
      case .one(let found): try take(.found(found, name: name))
      case .stream(var stream):
        var lines: [BundleLine] = []
        while true {
          do throws(CollectionError) {
            guard let line = try stream.nextLine() else { break }
            lines.append(isInput ? line.moved(by: linesBefore, in: name) : line)
          } catch {
            // Only a line that is too long is one line's fault.
            guard case .bundle = error else { throw error }
            if !lines.isEmpty { try take(.lines(lines, name: name)) }
            lines = []
            let place = "\(name):\(stream.line + linesBefore)"
            try take(.failed(HostRow(source: place, failure: error.description)))
          }
          guard lines.count == Self.linesTogether else { continue }
          try take(.lines(lines, name: name))
          lines = []
        }
        if !lines.isEmpty { try take(.lines(lines, name: name)) }
      }
    } catch let error as CollectionError {
      try take(.failed(HostRow(source: name, failure: error.description)))
    }
  }

  /// The rows of a piece of work; pure but for reading, so that any thread can do it.
  package func rows(of work: Work) -> [HostRow] {
    switch work {
    case .failed(let row): return [row]
    case .lines(let lines, let name):
      return lines.map { line in
        let place = "\(name):\(line.number)"
        do throws(CollectionError) {
          return row(try line.snapshot(), place)
        } catch {
          return HostRow(source: place, failure: error.description)
        }
      }
    case .spec(let lines): return classes(lines)
    case .path(let path): return classes(path) ?? [only(path)]
    case .found(let found, let name):
      do throws(CollectionError) {
        return [try row(of: found, name)]
      } catch {
        return [HostRow(source: name, failure: error.description)]
      }
    }
  }

  /// The rows of a spec's machine classes; nil where a path leads to something else.
  private func classes(_ path: String) -> [HostRow]? {
    guard !path.isEmpty else { return nil }
    let spec: SpecClasses
    do throws(LocatedError) {
      guard let found = try SpecClasses(path) else { return nil }
      spec = found
    } catch {
      return [HostRow(source: path, failure: error.description)]
    }
    return rows(of: spec)
  }

  private func classes(_ lines: FileLines) -> [HostRow] {
    do throws(LocatedError) {
      return rows(of: try SpecClasses(lines, only: nil))
    } catch {
      return [HostRow(source: lines.path, failure: error.description)]
    }
  }

  private func rows(of spec: SpecClasses) -> [HostRow] {
    spec.all.map { made in
      do throws(LocatedError) {
        let own = try made.own.get()
        let host = try own.newest()
        var row = row(
          host.snapshot,
          made.place,
          profile: own.profile,
          wish: own.wish,
          growing: PlannedDevices(own.machine.devices, settings: host.settings),
          needing: own.machine.needs
        )
        row.machines = own.machines
        return row
      } catch {
        return HostRow(source: made.place, failure: error.description)
      }
    }
  }

  /// The row of a source that is one host; empty for this host.
  package func only(_ path: String) -> HostRow {
    let name = Self.name(path)
    if let classes = classes(path) {
      if let row = classes.first, classes.count == 1 { return row }
      return HostRow(
        source: name,
        failure: "\(name): \(classes.count) machine classes; name one of them: \(name)#NAME"
      )
    }
    do throws(CollectionError) {
      return try row(of: try SourceFinder.find(path), name)
    } catch {
      return HostRow(source: name, failure: error.description)
    }
  }

  private static func name(_ source: String) -> String {
    switch source {
    case "": "this host"
    case "-": "standard input"
    default: source
    }
  }

  private func row(of found: FoundSource, _ name: String) throws(CollectionError) -> HostRow {
    guard case .bootLog(let file, let text) = found else { return row(try found.snapshot(), name) }
    let log =
      if let text { try BootLogSource.read(text, name: file) } else { try BootLogSource.read(file) }
    do throws(BootLayoutRefusal) {
      let inputs = try BootLayoutInputs(log: log, overrides: BootLayoutInputs.Overrides())
      var snapshot = try BootLogMachine(log, inputs, name: file).afterBoot(from: file).snapshot
      snapshot.unread = [BootLogMachine.use]
      return row(snapshot, name)
    } catch {
      return HostRow(source: name, failure: "\(file): \(error)")
    }
  }

  /// Judges a host; of the profile that a spec names the user's own choice counts more.
  private func row(
    _ snapshot: HostSnapshot,
    _ source: String,
    profile named: Profile? = nil,
    wish: MovableWish? = nil,
    growing planned: PlannedDevices? = nil,
    needing needs: [MemoryNeed] = []
  ) -> HostRow {
    var (profile, choice) = workload.profile(for: snapshot)
    if let named, choice != .user { (profile, choice) = (named, .user) }
    do throws(AssessmentError) {
      let assessment = try Advisor.assess(
        snapshot,
        profile: profile,
        chosenBy: choice,
        wish: wish,
        growing: planned,
        needing: needs
      )
      return HostRow(source: source, assessment, outcome: outcome(snapshot, profile))
    } catch {
      return HostRow(source: source, failure: "\(error.input): \(error.reason)")
    }
  }

  private func outcome(_ snapshot: HostSnapshot, _ profile: Profile) -> HostRow.Outcome? {
    guard !whatIf.isEmpty else { return nil }
    let line: String?
    do throws(BootArgumentsError) {
      line = try whatIf.arguments.map { (arguments) throws(BootArgumentsError) in
        try ZoneArgumentLine.with(arguments, in: snapshot.commandLine.value ?? "")
      }
    } catch {
      return .untold(error.description)
    }
    do throws(NotPlanned) {
      return .told(
        try Advisor.outcome(snapshot, profile: profile, whatIf: whatIf, booting: line)
      )
    } catch {
      return .untold(error.description)
    }
  }
}
