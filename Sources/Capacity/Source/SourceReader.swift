package import HostCollection
internal import HostModel
package import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import SourceText
internal import SystemIO

/// Finds out what a SOURCE is and what it can give: the one place where commands ask.
///
/// A source that can't give what a command needs is refused with what it is, what can be told from it,
/// and what to add.
package struct SourceReader: Sendable {
  /// Nil for this host.
  private let path: String?
  private let stated: BootLayoutInputs.Overrides
  private let collection: CollectionOptions
  /// Where machines are kept that were read before; nil where each is read once.
  private let memory: SourceMemory?

  package typealias Found = Result<SourceMachine, UnreadMachine>

  package init(
    _ path: String?,
    stated: BootLayoutInputs.Overrides,
    collection: CollectionOptions = CollectionOptions(),
    memory: SourceMemory? = nil
  ) {
    self.path = path
    self.stated = stated
    self.collection = collection
    self.memory = memory
  }

  /// Hands on the machines that a source gives, in order.
  ///
  /// - Parameters:
  ///   - need: What the command wants of them.
  ///   - text: Takes a text that is no machine, where the command can tell of it; false refuses it.
  ///   - take: Takes a machine; one among several may have failed.
  /// - Returns: Whether the source is a list: a fleet of classes, or a stream of hosts.
  /// - Throws: That the source can't be read, or can't give that.
  package func machines(
    for need: SourceNeed,
    text: (FoundSource) throws -> Bool = { _ in false },
    _ take: (Found) throws -> Void
  ) throws -> Bool {
    guard let memory else { return try read(for: need, text: text, take) }
    let key = SourceMemory.Key(path: path ?? "", need: need, stated: stated)
    if let kept = memory.find(key) {
      for machine in kept.machines { try take(machine) }
      return kept.isList
    }
    var machines: [Found] = []
    let isList = try read(for: need, text: text) { machines.append($0) }
    // A text that the command told of is no machine.
    if !machines.isEmpty {
      memory.keep(SourceMemory.Kept(machines: machines, isList: isList), as: key)
    }
    for machine in machines { try take(machine) }
    return isList
  }

  private func read(
    for need: SourceNeed,
    text: (FoundSource) throws -> Bool,
    _ take: (Found) throws -> Void
  ) throws -> Bool {
    guard let path, !path.isEmpty else {
      try take(.success(try host(try SourceFinder.find(nil), need, name: "this host")))
      return false
    }
    if let place = StreamPlace.split(path) {
      try take(try line(place.line, of: place.file))
      return false
    }
    let (file, name) = ClassPath.split(path)
    if file != "-" {
      if UserFile.isDirectory(path) {
        try take(.success(try host(try SourceFinder.find(path), need, name: path)))
        return false
      }
      if let spec = try SpecClasses(path) { return try classes(of: spec, take) }
    }
    guard let name else {
      return try machines(in: try SourceInput(path: path), path, need, text, take)
    }
    // Only a spec has classes.
    guard !UserFile.isDirectory(file) else { throw SourceRefusal.noClasses(file, name: name) }
    let input = try SourceInput(path: file)
    guard SpecClasses.recognizes(input.head) else {
      throw SourceRefusal.noClasses(file == "-" ? "standard input" : file, name: name)
    }
    return try classes(of: try SpecClasses(try lines(input, file), only: name), take)
  }

  /// The one machine of a source.
  ///
  /// - Parameters:
  ///   - need: What the command wants of it.
  ///   - command: For the message where there are several.
  /// - Returns: The machine.
  /// - Throws: That there are several, or that the source can't give it.
  package func machine(for need: SourceNeed, command: String) throws -> SourceMachine {
    var found: [Found] = []
    _ = try machines(for: need) { found.append($0) }
    guard let first = found.first, found.count == 1 else {
      let names = found.map { result in
        switch result {
        case .success(let machine): machine.name
        case .failure(let failure): failure.name
        }
      }
      throw SourceRefusal.several(path ?? "", names: names, command: command)
    }
    return try first.get()
  }

  // MARK: An open file

  private func machines(
    in input: SourceInput,
    _ path: String,
    _ need: SourceNeed,
    _ text: (FoundSource) throws -> Bool,
    _ take: (Found) throws -> Void
  ) throws -> Bool {
    let name = path == "-" ? "standard input" : path
    if SpecClasses.recognizes(input.head), SourceFinder.head(input.head) == .other {
      return try classes(of: try SpecClasses(try lines(input, path), only: nil), take)
    }
    if SourceFinder.isStream(input.head) { return try stream(BundleStream(input), name, take) }
    // A report or a failure in the log is what these are asked about.
    let takesLogs = need != .use && need != .blocks
    if takesLogs, isLog(input.head) {
      try take(.success(try bootLog(try BootLogSource.read(input), need, path, name: name)))
      return false
    }
    let found = try SourceFinder.find(in: input)
    if case .bootLog(_, let text) = found, let bytes = text ?? input.again() {
      let log = try BootLogSource.read(bytes, name: name)
      try take(.success(try bootLog(log, need, path, name: name)))
    } else if try !text(found) {
      try take(.success(try host(found, need, name: name)))
    }
    return false
  }

  private func lines(_ input: SourceInput, _ path: String) throws(CollectionError) -> FileLines {
    let bytes = try input.all(limit: FileLines.largest)
    return FileLines(path: path == "-" ? "standard input" : path, bytes: bytes)
  }

  /// Whether it is a text that may be a log; other reports may stand in it beside boot messages.
  private func isLog(_ head: [UInt8]) -> Bool {
    switch SourceFinder.head(head) {
    case .archive, .bundles, .zoneinfo: false
    case .oomLog, .bootLog, .other: true
    }
  }

  private func stream(
    _ stream: consuming BundleStream,
    _ name: String,
    _ take: (Found) throws -> Void
  ) throws -> Bool {
    // Only a second line shows that it is a list.
    var pending: BundleLine?
    var count = 0
    while true {
      let line: BundleLine?
      do throws(CollectionError) { line = try stream.nextLine() } catch {
        // Only a line that is too long is one line's fault.
        guard case .bundle = error else { throw error }
        count += 1
        let place = "\(name):\(stream.line)"
        try take(.failure(UnreadMachine(name: place, reason: error.description)))
        continue
      }
      if let pending {
        guard line != nil || count > 1 else {
          try take(.success(machine(try pending.snapshot(options: collection), name: name)))
          return false
        }
        try take(self.line(pending, name))
      }
      guard let line else { return count > 1 }
      pending = line
      count += 1
    }
  }

  /// One host of a stream, or one class of a spec, as reports name them.
  private func line(_ number: Int, of file: String) throws -> Found {
    if let spec = try SpecClasses(file) {
      guard let entry = spec.all.first(where: { $0.place == "\(file):\(number)" }) else {
        throw SourceRefusal.noLine(file, line: number)
      }
      return .success(try machine(try entry.own.get(), file: spec.file))
    }
    let input = try SourceInput(path: file)
    guard SourceFinder.isStream(input.head) else {
      throw SourceRefusal.noStream(file, line: number)
    }
    var stream = BundleStream(input)
    while let line = try stream.nextLine() {
      if line.number == number { return self.line(line, file) }
    }
    throw SourceRefusal.noLine(file, line: number)
  }

  private func line(_ line: BundleLine, _ name: String) -> Found {
    let place = "\(name):\(line.number)"
    do throws(CollectionError) {
      return .success(machine(try line.snapshot(options: collection), name: place))
    } catch {
      return .failure(UnreadMachine(name: place, reason: error.description))
    }
  }

  // MARK: Hosts

  private func host(
    _ found: FoundSource,
    _ need: SourceNeed,
    name: String
  ) throws(CollectionError) -> SourceMachine {
    var options = collection
    // The blocks alone are enough for what can be said of blocks.
    if case .blockList = found { options.acceptsBlockList = need == .blocks }
    return machine(try found.snapshot(options: options), name: name)
  }

  private func machine(_ snapshot: HostSnapshot, name: String) -> SourceMachine {
    var snapshot = snapshot
    let notes = stated.apply(to: &snapshot)
    let member = SourceMachine.Member(
      snapshot: snapshot,
      settings: OnliningSettings(snapshot),
      assumptions: notes,
      blockSize: snapshot.memoryBlocks.value?.blockSize
    )
    return SourceMachine(name: name, isClass: false, members: [member])
  }

  // MARK: Boot logs

  /// The machine that a boot log shows: an idle host right after boot where a host is needed.
  private func bootLog(
    _ log: BootLog,
    _ need: SourceNeed,
    _ path: String,
    name: String
  ) throws -> SourceMachine {
    let inputs: BootLayoutInputs
    let host: ClassSnapshot.Host?
    do throws(BootLayoutRefusal) {
      inputs = try BootLayoutInputs(log: log, overrides: stated)
      let isLayout = need == .layout || need == .identity
      host = isLayout ? nil : try BootLogMachine(log, inputs, name: name).afterBoot(from: path)
    } catch {
      throw SourceRefusal.layout(name, error)
    }
    var snapshot =
      host?.snapshot ?? HostSnapshot(source: SourceDescription(kind: .bootLog, path: path))
    snapshot.kernel = inputs.kernel.version
    snapshot.architecture = .known(inputs.map.architecture)
    snapshot.pageSize = .known(inputs.map.pageSize)
    if let line = inputs.commandLine { snapshot.commandLine = .known(line) }
    let member = SourceMachine.Member(
      snapshot: snapshot,
      settings: host?.settings ?? OnliningSettings(snapshot),
      assumptions: host?.assumptions ?? [],
      blockSize: log.memoryBlockSize,
      made: inputs
    )
    return SourceMachine(name: name, isClass: false, tellsUse: false, members: [member])
  }

  // MARK: Classes

  private func classes(of spec: SpecClasses, _ take: (Found) throws -> Void) throws -> Bool {
    for entry in spec.all {
      let machine: SourceMachine
      do throws(LocatedError) {
        machine = try self.machine(try entry.own.get(), file: spec.file)
      } catch {
        guard spec.isList else { throw error }
        try take(.failure(UnreadMachine(name: entry.place, reason: error.description)))
        continue
      }
      try take(.success(machine))
    }
    return spec.isList
  }

  private func machine(
    _ own: SpecClasses.Class,
    file: String
  ) throws(LocatedError) -> SourceMachine {
    var own = own
    let notes = own.machine.apply(stated)
    var members: [SourceMachine.Member] = []
    for kernel in own.machine.kernels {
      let host = try own.host(kernel)
      var inputs = host.inputs
      inputs.assumptions = notes + inputs.assumptions
      members.append(
        SourceMachine.Member(
          snapshot: host.snapshot,
          settings: host.settings,
          assumptions: notes + host.assumptions,
          blockSize: own.machine.machine.blockSize,
          made: inputs
        )
      )
    }
    return SourceMachine(
      name: "\(file)#\(own.name)",
      profile: own.profile,
      wish: own.wish,
      devices: own.machine.devices,
      needs: own.machine.needs,
      isClass: true,
      tellsUse: false,
      members: members
    )
  }
}
