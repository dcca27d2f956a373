package import HostModel
package import KernelBehavior
internal import KernelText

/// Holds a machine against a promise.
package struct Verifier {
  private let promise: BootPromise
  private let machine: Machine
  /// What the machine's own command line makes of its memory here; nil where that can't be told.
  private let own: BootPromise.Boot?

  /// A machine as it is.
  package struct Machine {
    /// As the user named it.
    package var name: String
    package var snapshot: HostSnapshot
    package var inputs: BootLayoutInputs
    package var headroom: Reading<ByteCount>
    /// Nil where findings can't be compared.
    package var findings: [Finding]?
    /// What could not be compared, and why.
    package var notes: [String]

    package init(
      name: String,
      snapshot: HostSnapshot,
      inputs: BootLayoutInputs,
      headroom: Reading<ByteCount>,
      findings: [Finding]?,
      notes: [String]
    ) {
      self.name = name
      self.snapshot = snapshot
      self.inputs = inputs
      self.headroom = headroom
      self.findings = findings
      self.notes = notes
    }

    fileprivate var pageSize: PageSize { inputs.map.pageSize }
    fileprivate var kernel: String? { inputs.kernel.version.value?.release }
    fileprivate var commandLine: String? { inputs.commandLine }
  }

  package init(_ promise: BootPromise, _ machine: Machine) {
    self.promise = promise
    self.machine = machine
    let line = machine.commandLine
    own = line.flatMap { line in
      let layout = try? machine.inputs.predict(machine.inputs.arguments(line))
      return layout.map {
        BootPromise.Boot($0, kernel: nil, commandLine: line, pageSize: machine.pageSize)
      }
    }
  }

  /// What became of the promise; nil where the machine's zones are not known, or nothing was
  /// promised.
  package func verify() -> Verification? {
    guard let found = found(), let boot = promised(by: found) else { return nil }
    let nodes = nodes(boot, found)
    let words = words(boot)
    let isKept = nodes.allSatisfy(\.isKept)
    var notes = machine.notes
    let headroom = promise.headroom.map { promised in
      Verification.Headroom(promised: promised, found: machine.headroom)
    }
    if promise.headroom == nil {
      notes.append("no headroom was promised: what is in use was not known")
    }
    if promise.findings == nil {
      notes.append("no findings were promised: only the layout was known")
    }
    return Verification(
      promise: promise,
      boot: boot,
      source: machine.snapshot.source,
      machine: machine.name,
      kernel: machine.kernel,
      nodes: nodes,
      words: words,
      reasons: isKept ? [] : reasons(boot, nodes, words),
      headroom: headroom,
      unexpected: unexpected(),
      notes: notes
    )
  }

  // MARK: Zones

  private func found() -> BootPromise.Boot? {
    let line = machine.commandLine ?? ""
    let page = machine.pageSize
    if let zones = machine.snapshot.zoneinfo.value {
      return BootPromise.Boot(zones, kernel: machine.kernel, commandLine: line, pageSize: page)
    }
    if let made = machine.inputs.madeLayout {
      return BootPromise.Boot(made, kernel: machine.kernel, commandLine: line, pageSize: page)
    }
    return own
  }

  /// What was promised for the kernel that runs; else the promise that is kept, or the first.
  private func promised(by found: BootPromise.Boot) -> BootPromise.Boot? {
    if let kernel = machine.kernel {
      let same =
        promise.boots.first { $0.kernel == kernel }
        ?? promise.boots.first { boot in
          guard let own = boot.kernel else { return false }
          return kernel.hasPrefix(own + ".") || kernel.hasPrefix(own + "-")
        }
      if let same { return same }
    }
    return promise.boots.first { boot in nodes(boot, found).allSatisfy(\.isKept) }
      ?? promise.boots.first
  }

  private func nodes(
    _ boot: BootPromise.Boot,
    _ found: BootPromise.Boot
  ) -> [Verification.Node] {
    Set(boot.nodes.map(\.id)).union(found.nodes.map(\.id)).sorted().map { id in
      let promised = boot.node(id)
      let now = found.node(id)
      let none = BootPromise.Node(id: id, kernel: .zero, movable: .zero)
      return Verification.Node(
        id: id,
        promised: promised,
        found: now,
        isKept: promised.map { isKept($0, by: now ?? none) } ?? false
      )
    }
  }

  private func isKept(_ promised: BootPromise.Node, by found: BootPromise.Node) -> Bool {
    let mayHaveMovable = promised.movable > .zero || promised.later > .zero
    guard promised.movable == .zero || found.movable > .zero,
      found.movable == .zero || mayHaveMovable
    else { return false }
    if let needs = promised.needs, found.kernel < needs { return false }
    return isNear(promised.kernel, found.kernel, promised, found)
      && isNear(promised.high, found.high, promised, found)
      && isNear(promised.movable, found.movable, promised, found)
  }

  /// Whether a size is what was promised.
  ///
  /// Firmware of one machine, and of the machines of a class, keeps a little more or less for itself.
  /// A memory block and a tenth of a size is let pass; where the boundary stands as promised, so is
  /// what the arguments bear. What had come after the boot already may come again, in any zone.
  private func isNear(
    _ promised: ByteCount,
    _ found: ByteCount,
    _ node: BootPromise.Node,
    _ now: BootPromise.Node
  ) -> Bool {
    let isSameBoundary =
      machine.pageSize == promise.pageSize
      && (node.movable == .zero
        || node.movableStart != nil && node.movableStart == now.movableStart)
    let moved = min(promise.block, promised.scaled(by: 1, over: 10))
    let borne = isSameBoundary ? promise.holdsWithin ?? .zero : .zero
    let tolerance = max(moved, borne)
    return found + tolerance >= promised && found <= promised + node.later + tolerance
  }

  // MARK: Words

  private func words(_ boot: BootPromise.Boot) -> [Verification.Word] {
    guard let line = machine.commandLine else { return [] }
    let there = KernelCommandLineText.arguments(line)
    var words: [Verification.Word] = []
    for word in promise.arguments.flatMap(KernelCommandLineText.arguments) {
      words.append(Verification.Word(word: word.text, state: state(of: word, among: there)))
    }
    for name in promise.removed {
      for word in there where word.normalizedName == name {
        words.append(Verification.Word(word: word.text, state: .left))
      }
    }
    let promised = Set(deciding(boot.commandLine))
    let named = Set(
      promise.arguments.flatMap(KernelCommandLineText.arguments).map(\.normalizedName)
    )
    for word in deciding(line) where !promised.contains(word) {
      // One of a promised name was told with that one, and one that was to go with its name.
      guard !named.contains(word.name), !words.contains(where: { $0.word == word.text }) else {
        continue
      }
      words.append(Verification.Word(word: word.text, state: .counts))
    }
    return words
  }

  private func state(
    of word: KernelArgument,
    among there: [KernelArgument]
  ) -> Verification.Word.State {
    let same = there.filter { $0.normalizedName == word.normalizedName }
    if same.contains(where: { $0.value == word.value }) {
      // A later size counts instead of an earlier one.
      guard let last = same.last, last.value != word.value,
        ZoneArgumentWord.Name(rawValue: word.normalizedName) != nil
      else { return .taken }
      return .differs(found: last.text)
    }
    return same.last.map { .differs(found: $0.text) } ?? .missing
  }

  /// A word that decides how memory is divided.
  private struct Deciding: Hashable {
    var name: String
    var text: String
  }

  private func deciding(_ line: String) -> [Deciding] {
    let zones = machine.inputs.arguments(line).words.filter(\.isEffective).map(\.argument)
    let memory = MemoryArguments(line, architecture: machine.inputs.map.architecture).applied
    return (zones + memory).map { Deciding(name: $0.normalizedName, text: $0.text) }
  }

  // MARK: Findings

  private func unexpected() -> [Finding]? {
    guard let expected = promise.findings, let found = machine.findings else { return nil }
    return found.filter { finding in
      finding.severity > .note
        && !expected.contains { $0.code == finding.code && $0.severity >= finding.severity }
    }
  }

  // MARK: Reasons

  private func reasons(
    _ boot: BootPromise.Boot,
    _ nodes: [Verification.Node],
    _ words: [Verification.Word]
  ) -> [Verification.Reason] {
    var reasons: [Verification.Reason] = words.filter { $0.state != .taken && $0.isAboutZones }
      .map { .word($0) }
    if machine.commandLine == nil { reasons.append(.commandLineUnknown) }
    var memory: [Verification.Reason] = []
    for node in nodes { memory += memoryReasons(node, boot, atLeast: promise.block) }
    if reasons.isEmpty, memory.isEmpty, let kernel = otherKernel, !own(differsLeastFrom: boot) {
      reasons.append(.kernel(promised: promise.boots.compactMap(\.kernel), found: kernel))
    }
    reasons += memory
    if reasons.isEmpty {
      // Less than firmware may move, and yet the zones are others.
      for node in nodes { reasons += memoryReasons(node, boot, atLeast: .zero) }
    }
    return reasons.isEmpty ? [.notUnderstood] : reasons
  }

  /// The kernel that runs, where nothing was promised for it.
  private var otherKernel: String? {
    guard let kernel = machine.kernel else { return nil }
    let isPromised = promise.boots.compactMap(\.kernel).contains { own in
      kernel == own || kernel.hasPrefix(own + ".") || kernel.hasPrefix(own + "-")
    }
    return isPromised ? nil : kernel
  }

  /// Whether the machine's own command line gives, on its own memory, what was promised.
  private func own(differsLeastFrom boot: BootPromise.Boot) -> Bool {
    own.map { own in nodes(boot, own).allSatisfy(\.isKept) } ?? false
  }

  /// What became of a node's memory before and after the boot.
  private func memoryReasons(
    _ node: Verification.Node,
    _ boot: BootPromise.Boot,
    atLeast least: ByteCount
  ) -> [Verification.Reason] {
    guard let promised = node.promised else {
      return [.nodeNew(node.id, node.found?.total ?? .zero)]
    }
    guard let found = node.found else { return node.isKept ? [] : [.nodeGone(node.id)] }
    var reasons: [Verification.Reason] = []
    var booted = machine.inputs.map.ranges.filter { $0.node == node.id }.map(\.pages).total()
      .bytes(of: machine.pageSize)
    let added = added(to: node.id, found, booted: booted, promised: promised)
      .subtractingOrZero(promised.later)
    if added > .zero {
      booted = min(booted, found.total.subtractingOrZero(added + promised.later))
      let movable = min(added, found.movable.subtractingOrZero(promised.movable))
      reasons.append(.added(node.id, added, movable: movable))
    }
    let offline = min(offlineBytes(of: node.id), promised.total.subtractingOrZero(booted))
    if offline > .zero {
      booted += offline
      reasons.append(.offline(node.id, offline))
    }
    if booted.distance(to: promised.total) > least {
      reasons.append(.memoryMoved(node.id, promised: promised.total, found: booted))
    }
    guard reasons.isEmpty, !node.isKept, let own = own?.node(node.id), isKept(promised, by: own)
    else { return reasons }
    let moved = promised.movable.distance(to: found.movable)
    return moved == .zero ? [] : [.changedZone(node.id, moved)]
  }

  /// Memory of a node that came after the boot: what the boot's own zones leave, or what the kernel
  /// did not describe at boot.
  private func added(
    to node: NodeID,
    _ found: BootPromise.Node,
    booted: ByteCount,
    promised: BootPromise.Node
  ) -> ByteCount {
    let late = found.total.subtractingOrZero(booted)
    guard late == .zero, let zones = machine.snapshot.zoneinfo.value,
      let described = BootMemory.described(in: machine.snapshot, pageSize: machine.pageSize)
    else { return late }
    let present = zones.zones.filter { $0.isPopulated && $0.kind != .device }
      .map { $0.present.value ?? .zero }.total()
    let excess = present.subtractingOrZero(described).bytes(of: machine.pageSize)
    return min(excess, found.total.subtractingOrZero(promised.total))
  }

  private func offlineBytes(of node: NodeID) -> ByteCount {
    guard let table = machine.snapshot.memoryBlocks.value else { return .zero }
    let blocks = table.blocks.count { $0.state.value == .offline && $0.nodes.first == node }
    return table.blockSize * UInt64(blocks)
  }
}

extension Verification.Word {
  /// Whether it divides memory at boot.
  var isAboutZones: Bool {
    switch state {
    case .counts: true
    case .taken, .missing, .differs, .left:
      KernelCommandLineText.arguments(word).first
        .flatMap { ZoneArgumentWord.Name(rawValue: $0.normalizedName) } != nil
    }
  }
}

extension ByteCount {
  fileprivate func distance(to other: ByteCount) -> ByteCount {
    Swift.max(self, other).subtractingOrZero(Swift.min(self, other))
  }
}
