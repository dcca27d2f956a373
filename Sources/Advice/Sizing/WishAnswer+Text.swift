internal import HostModel
internal import KernelBehavior

extension WishAnswer.Cost {
  /// What the size costs, in half a sentence.
  package var text: String {
    switch self {
    case .node(let node, let keeps, let needs) where keeps == .zero:
      "node \(node) keeps no kernel memory and needs \(needs.text)"
    case .node(let node, let keeps, let needs):
      "node \(node) keeps \(keeps.text) of the \(needs.text) that it needs"
    case .userMemory(let lacks):
      "user memory that fills the host leaves the kernel \(lacks.text) too little"
    case .pieces(let lacks):
      "the kernel zones lack \(lacks.text) in aligned pieces for gigantic pages"
    case .areaGivenUp(let node):
      "a CMA area lies across the start of node \(node)'s ZONE_MOVABLE and is given up"
    case .host(let keeps, let needs):
      "the kernel zones keep \(keeps.text) of the \(needs.text) that they need"
    }
  }
}

extension WishAnswer.Obstacle {
  /// Why no argument can be named.
  package var text: String {
    switch self {
    case .onlined: "memory comes and goes here, and a policy decides what is Movable"
    case .notPredicted(let refusal): "the boot layout can't be predicted (\(refusal))"
    }
  }
}
