package import KernelBehavior

extension GrowthStep {
  /// The device, as findings are about it.
  package var subject: FindingSubject { .device(text, node: node) }
}
