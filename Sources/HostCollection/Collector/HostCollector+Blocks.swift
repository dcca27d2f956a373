internal import HostModel
internal import KernelText
internal import SystemIO

extension HostCollector {
  /// Memory blocks with their states, zones and nodes.
  mutating func readMemoryBlocks(of nodes: Reading<[NUMANode]>) -> Reading<MemoryBlockTable> {
    let folder = HostInput.memory.path
    let blockSize = load(HostInput.memory.at(folder + "/block_size_bytes")) {
      text,
      file throws(ParseError) in try MemoryBlockText.blockSize(text, file: file)
    }
    let size: ByteCount
    switch blockSize {
    case .unknown(let reason): return .unknown(reason)
    case .known(let known, _): size = known
    }
    return memoryBlocks(in: folder, of: nodes).map { blocks in
      MemoryBlockTable(blockSize: size, blocks: blocks)
    }
  }

  /// All blocks: from the one text that a capture has of them, or from each block's own files.
  private mutating func memoryBlocks(
    in folder: String,
    of nodes: Reading<[NUMANode]>
  ) -> Reading<[MemoryBlock]> {
    let runs = attempt(.memoryBlockRuns) { text, file throws(ParseError) in
      try MemoryBlockRunsText.parse(text, folder: folder, file: file)
    }
    let reason: UnknownReason
    switch runs {
    case .known: return runs
    case .unknown(.missing):
      do throws(ReadFailure) {
        return .known(memoryBlocks(try source.names(in: folder), in: folder, of: nodes))
      } catch {
        reason = .unreadable(input: folder, cause: error.description)
      }
    case .unknown(let why): reason = why
    }
    unread.append(
      UnreadInput(
        input: folder,
        reason: Self.cause(reason),
        effect: HostInput.memory.effect ?? ""
      )
    )
    return .unknown(reason)
  }

  private mutating func memoryBlocks(
    _ names: [String],
    in folder: String,
    of nodes: Reading<[NUMANode]>
  ) -> [MemoryBlock] {
    let numbers = names.compactMap { SysfsName.memoryBlock($0) }.sorted()
    let nodesOfBlocks = nodesOfBlocks(nodes.value ?? [])
    return numbers.compactMap { number in
      let path = "\(folder)/memory\(number)"
      let state = attempt(HostInput(path: path + "/state", effect: nil)) {
        text,
        file throws(ParseError) in try MemoryBlockText.state(text, file: file)
      }
      // Unplugged since it was listed.
      if case .unknown(.missing) = state, source.isRunning, case .missing = unlisted(path) {
        return nil
      }
      return MemoryBlock(
        number: number,
        state: state,
        validZones: attempt(HostInput(path: path + "/valid_zones", effect: nil)) {
          text,
          file throws(ParseError) in try MemoryBlockText.validZones(text, file: file)
        },
        nodes: nodesOfBlocks[number] ?? []
      )
    }
  }

  /// Each node's directory has a link for each of its blocks: one listing a node tells them all.
  private func nodesOfBlocks(_ nodes: [NUMANode]) -> [UInt64: [NodeID]] {
    var result: [UInt64: [NodeID]] = [:]
    for node in nodes {
      let names = (try? source.names(in: "\(HostInput.nodes.path)/node\(node.id)")) ?? []
      for name in names {
        guard let number = SysfsName.memoryBlock(name) else { continue }
        result[number, default: []].append(node.id)
      }
    }
    return result
  }
}
