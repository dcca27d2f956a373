/// Every rule that zonewise has, in the order of their codes. A rule that is not here does not run.
package enum RuleRegistry {
  package static let all: [any Rule.Type] = [
    RatioOverLimit.self,
    KernelZonesShort.self,
    NodeWithoutKernelMemory.self,
  ]
}
