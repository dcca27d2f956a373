internal import HostModel
package import KernelBehavior

extension MachineClass {
  /// Puts what the user states in the place of what the spec tells.
  ///
  /// - Returns: What was stated, one sentence each.
  package mutating func apply(_ stated: BootLayoutInputs.Overrides) -> [String] {
    var architecture: Architecture? = machine.architecture
    var notes = stated.apply(
      architecture: &architecture,
      pageSize: &machine.pageSize,
      maxOrder: &machine.maxOrder
    )
    if let architecture { machine.architecture = architecture }
    if let kernel = stated.kernel {
      notes.append(stated.kernelNote(shown: kernels.compactMap { $0 }))
      kernels = [kernel]
      machine.kernel = kernel
    }
    return notes
  }
}
