/// What becomes of the order of arguments on their way from a file to the kernel.
///
/// Some generators keep arguments in a table by name. Where one argument is for the one in front of
/// it, as `hugepages=` is for `hugepagesz=`, that changes what they mean.
package enum ArgumentOrder: Hashable, Sendable {
  case asWritten
  /// Values of one name follow each other, where the first of them stood.
  case grouped(by: String)
  /// Names come in the order of the alphabet.
  case sorted(by: String)
  /// Names come in any order, the values of each together.
  case shuffled(by: String)

  /// Who changes the order; nil where nobody does.
  package var generator: String? {
    switch self {
    case .asWritten: nil
    case .grouped(let name), .sorted(let name), .shuffled(let name): name
    }
  }

  /// The arguments in every order in which the kernel may get them, as far as those differ in what a
  /// count of huge pages belongs to.
  package func orders(of arguments: [KernelArgument]) -> [[KernelArgument]] {
    var names: [String] = []
    var values: [String: [KernelArgument]] = [:]
    for argument in arguments {
      let name = argument.normalizedName
      if values[name] == nil { names.append(name) }
      values[name, default: []].append(argument)
    }
    func line(_ names: [String]) -> [KernelArgument] { names.flatMap { values[$0] ?? [] } }
    switch self {
    case .asWritten: return [arguments]
    case .grouped: return [line(names)]
    case .sorted: return [line(names.sorted())]
    case .shuffled: return [line(names.sorted()), line(names.sorted(by: >))]
    }
  }
}
