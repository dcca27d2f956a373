package import HostModel
internal import KernelBehavior

/// What one machine must leave to the kernel, as far as its class asks.
package struct HostNeeds: Sendable {
  package var floors: [NodeID: ByteCount]
  package var hostFloor: ByteCount
  package var snapshot: HostSnapshot
  package var block: PageCount?
  package var obstacle: String?

  package init(_ assessment: Assessment) {
    snapshot = assessment.snapshot
    floors = assessment.sizing.value?.kernelFloor ?? [:]
    hostFloor = assessment.sizing.value?.hostFloor ?? .zero
    block = snapshot.memoryBlocks.value?.blockSize.pages(of: assessment.pageSize)
    if assessment.sizing.value == nil {
      obstacle = "what some of them need is not known"
    } else if assessment.current.movable > 0, snapshot.commandLine.value != nil,
      !snapshot.asksForMovableAtBoot
    {
      obstacle = "Movable comes by hot-adding on some of them: there a policy decides, not a size"
    }
  }
}
