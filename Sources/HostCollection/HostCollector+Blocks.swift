internal import HostModel
internal import KernelText

extension HostCollector {
  /// Memory blocks with their states, zones and nodes.
  mutating func readMemoryBlocks() {
    let folder = HostInput.memory.path
    let blockSize = load(HostInput.memory.at(folder + "/block_size_bytes")) {
      text,
      file throws(ParseError) in try MemoryBlockText.blockSize(text, file: file)
    }
    switch blockSize {
    case .unknown(let reason):
      snapshot.memoryBlocks = .unknown(reason)
    case .known(let size, _):
      do throws(ReadFailure) {
        let names = try source.names(in: folder)
        snapshot.memoryBlocks = .known(
          MemoryBlockTable(
            blockSize: size,
            blocks: memoryBlocks(names, in: folder)
          )
        )
      } catch {
        let input = HostInput.memory
        snapshot.memoryBlocks = .unknown(.unreadable(input: folder, cause: error.description))
        snapshot.unread.append(
          UnreadInput(input: folder, reason: error.description, effect: input.effect ?? "")
        )
      }
    }
  }

  private mutating func memoryBlocks(_ names: [String], in folder: String) -> [MemoryBlock] {
    let numbers = names.compactMap { SysfsName.memoryBlock($0) }.sorted()
    let nodes = nodesOfBlocks()
    return numbers.map { number in
      let path = "\(folder)/memory\(number)"
      return MemoryBlock(
        number: number,
        state: attempt(HostInput(path: path + "/state", effect: nil)) {
          text,
          file throws(ParseError) in try MemoryBlockText.state(text, file: file)
        },
        validZones: attempt(HostInput(path: path + "/valid_zones", effect: nil)) {
          text,
          file throws(ParseError) in try MemoryBlockText.validZones(text, file: file)
        },
        nodes: nodes[number] ?? []
      )
    }
  }

  /// Each node's directory has a link for each of its blocks: one listing a node tells them all.
  private func nodesOfBlocks() -> [UInt64: [NodeID]] {
    var result: [UInt64: [NodeID]] = [:]
    for node in snapshot.nodes.value ?? [] {
      let names = (try? source.names(in: "\(HostInput.nodes.path)/node\(node.id)")) ?? []
      for name in names {
        guard let number = SysfsName.memoryBlock(name) else { continue }
        result[number, default: []].append(node.id)
      }
    }
    return result
  }
}
