package import HostModel

/// What a host's files tell of its architecture where none of them names it.
///
/// They tell the same as a boot log's lines do, and are weighed together in the same way.
package struct ArchitectureClues {
  private var evidence = BootLog(line: 0)

  package init(_ zoneinfo: ZoneInfo) {
    // An empty zone tells, too: only kernels that have it print it.
    evidence.zones = zoneinfo.zones.map { zone in
      BootLog.Zone(name: zone.kind.name, extent: zone.frames.value.map { .frames($0) })
    }
    takeLowZones(zoneinfo.zones)
  }

  /// Only x86 has its first boundary at 16 MiB and pages of 4 KiB: ZONE_DMA ends in front of it, and
  /// the zone behind it begins there, or fills all that lies between it and 4 GiB.
  private mutating func takeLowZones(_ zones: [ZoneSnapshot]) {
    let boundary = PageFrameNumber(4096)
    if let dma32 = zones.first(where: { $0.kind == .dma32 && $0.spanned != .known(.zero) }),
      dma32.startPFN.value.map({ $0 == boundary }) ?? (dma32.spanned == .known(1_044_480))
    {
      evidence.architecture = .x86_64
      return
    }
    let hasHighMem = zones.contains { $0.kind == .highMem }
    if hasHighMem, zones.contains(where: { $0.kind == .normal && $0.startPFN == .known(boundary) })
    {
      evidence.architecture = .x86_32
    }
  }

  /// `Linux version …`: the compiler's name.
  package mutating func take(version: String) {
    guard evidence.architecture == nil else { return }
    BootLogArchitecture.take(version: version, into: &evidence)
  }

  package mutating func take(_ processor: CPUInfoText.Clues) {
    evidence.architecture = evidence.architecture ?? processor.architecture
    if evidence.family == nil, evidence.compilerArchitecture == nil {
      evidence.family = processor.family
    }
    evidence.is64Bit = evidence.is64Bit ?? processor.is64Bit
  }

  /// meminfo's DirectMap2M, which x86 alone prints: with PAE beside HighMem, else with 64 bits.
  package mutating func takeDirectMap() {
    evidence.family = evidence.family ?? .x86
    evidence.is64Bit = evidence.is64Bit ?? true
  }

  package var architecture: Architecture? { evidence.inferredArchitecture }
}
