/// `numactl --hardware`: CPUs and distances of each node.
enum NumactlOutput: DumpSubstitute {
  static let outputs = ["numactl"]

  static func complete(_ dump: inout IncompleteDump) {
    let folder = HostInput.nodes.path
    guard let found = dump.output(of: "numactl") else { return }
    var isUsed = false
    for node in parse(found.text) {
      let path = "\(folder)/node\(node.number)"
      if dump.isMissing(path + "/cpulist") {
        dump.add(path + "/cpulist", node.cpus + "\n")
        isUsed = true
      }
      if !node.distances.isEmpty, dump.isMissing(path + "/distance") {
        dump.add(path + "/distance", node.distances + "\n")
        isUsed = true
      }
    }
    if isUsed { dump.use(found.path, for: folder) }
  }

  // MARK: Reading

  private struct Node {
    var number: UInt32
    /// As in nodeN/cpulist.
    var cpus = ""
    /// As in nodeN/distance.
    var distances = ""
  }

  private static func parse(_ text: String) -> [Node] {
    var nodes: [Node] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count >= 3, words[0] == "node", words[2] == "cpus:", let number = UInt32(words[1]) {
        guard nodes.count < 1024, nodes.allSatisfy({ $0.number < number }) else { return [] }
        nodes.append(Node(number: number, cpus: words.dropFirst(3).joined(separator: ",")))
      } else if let first = words.first, first.hasSuffix(":"),
        let number = UInt32(first.dropLast()),
        let index = nodes.firstIndex(where: { $0.number == number })
      {
        nodes[index].distances = words.dropFirst().joined(separator: " ")
      }
    }
    return nodes
  }
}
