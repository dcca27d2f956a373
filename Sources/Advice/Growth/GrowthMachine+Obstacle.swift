package import HostModel
package import KernelBehavior

extension GrowthMachine {
  /// The first device that no machine of this kind could be given, with the reason.
  package func obstacle(to devices: [GrowthStep], on snapshot: HostSnapshot) -> AssessmentError? {
    var nodes = Set(memory.nodes.map(\.id))
    for node in snapshot.nodes.value ?? [] { nodes.insert(node.id) }
    for device in devices {
      var why = refusal(of: device)
      if !nodes.contains(device.node) {
        let list = nodes.sorted().map { "\($0)" }.joined(separator: ", ")
        why = "no node \(device.node) here; the nodes are \(list)"
      }
      if let why { return AssessmentError(input: device.text, reason: .undetermined(why)) }
    }
    return nil
  }
}
