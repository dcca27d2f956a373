internal import HostModel
internal import KernelText

/// Obstacles that follow from where a block lies.
extension OfflineSurvey {
  /// offline_pages first counts the block's System RAM: all of it must be there.
  func holes(_ frames: FrameRange, extents: [ZoneExtent]) -> [OfflineObstacle] {
    if let systemRAM {
      let covered = systemRAM.map { $0.overlap(frames) }.total()
      let uncovered = frames.pages.subtractingOrZero(covered)
      guard uncovered > 0 else { return [] }
      let missing = uncovered.bytes(of: pageSize).count >> 10
      return [
        OfflineObstacle(.holes, .no, "/proc/iomem: \(missing) KiB of the block are no System RAM")
      ]
    }
    guard !extents.isEmpty else { return [] }
    let spanned = extents.map(\.frames).merged().map { $0.overlap(frames) }.total()
    let outside = frames.pages.subtractingOrZero(spanned)
    if outside > 0 {
      let missing = outside.bytes(of: pageSize).count >> 10
      return [
        OfflineObstacle(.holes, .no, "/proc/zoneinfo: \(missing) KiB of the block are in no zone")
      ]
    }
    guard let extent = extents.first(where: { $0.holesInBlocks > 0 }) else { return [] }
    return [
      OfflineObstacle(
        .holes,
        .unknown,
        "/proc/zoneinfo \(extent.name): \(extent.holesInBlocks) pages of its blocks are not "
          + "present; root reads in /proc/iomem where"
      )
    ]
  }

  /// A block must lie in one zone of one node; the kernel says `none` where it does not.
  func mixture(
    _ block: MemoryBlock,
    frames: FrameRange,
    extents: [ZoneExtent],
    file: String
  ) -> [OfflineObstacle] {
    if block.nodes.count > 1 {
      let nodes = block.nodes.map { "\($0)" }.joined(separator: ", ")
      return [OfflineObstacle(.mixedNodes, .no, "\(file) is on nodes \(nodes)")]
    }
    let names = extents.map(\.name).joined(separator: ", ")
    switch block.validZones {
    case .known(let zones, _) where zones.isEmpty:
      return [
        OfflineObstacle(
          .mixedZones,
          .no,
          "\(file)/valid_zones none" + (names.isEmpty ? "" : ": \(names)")
        )
      ]
    case .known:
      return []
    case .unknown where extents.count > 1:
      return [OfflineObstacle(.mixedZones, .unlikely, "/proc/zoneinfo: \(names)")]
    case .unknown:
      return []
    }
  }

  /// Blocks that an architecture keeps for itself.
  func architecture(_ frames: FrameRange) -> [OfflineObstacle] {
    if let reason = snapshot.architecture.reason {
      return [OfflineObstacle(.bootMemoryARM64, .unknown, "\(reason)")]
    }
    if kernel.hasOrAssumed(.keepsBootMemory) { return bootMemory(frames) }
    // A kernel without crash dumps has no crash kernel to swap in, and no file that tells its size.
    guard kernel.has(.swapsCrashKernel).value ?? (snapshot.architecture.value == .s390x) else {
      return []
    }
    let path = SettingPath.crashKernelSize
    guard let size = snapshot.crashKernelSize.value else {
      // Without its argument there is no crash kernel, and a kernel without kexec has no such file.
      if let line = snapshot.commandLine.value,
        !KernelCommandLineText.arguments(line).contains(where: { $0.name == "crashkernel" })
      {
        return []
      }
      if case .missing = snapshot.crashKernelSize.reason, snapshot.hugePages.pools.value != nil {
        return []
      }
      return [OfflineObstacle(.s390xCrashKernel, .unknown, "\(path) is not known")]
    }
    let end = PageFrameNumber(size.pagesRoundedUp(of: pageSize).count)
    return frames.start < end
      ? [OfflineObstacle(.s390xCrashKernel, .no, "\(path): \(size.count >> 20) MiB")] : []
  }

  /// arm64 refuses what was there at boot. The kernel does not say which blocks those are, but how
  /// many: boot memory comes first.
  private func bootMemory(_ frames: FrameRange) -> [OfflineObstacle] {
    if driverManaged.map({ $0.overlap(frames) }).total() == blockPages { return mapping(frames) }
    if BootMemory.isEverything(in: snapshot, pageSize: pageSize) {
      return [
        OfflineObstacle(
          .bootMemoryARM64,
          .no,
          "/proc/vmstat nr_memmap_boot_pages describes all blocks: none is hot-added"
        )
      ]
    }
    return [
      OfflineObstacle(
        .bootMemoryARM64,
        .unlikely,
        "nothing tells this block from boot memory"
      )
    ]
  }

  /// Memory that came in one piece may be mapped in leaves of 1 GiB (`pud_sect_supported`: 4 KiB pages
  /// only), which 7.2 doesn't split any more (`can_unmap_without_split`).
  private func mapping(_ frames: FrameRange) -> [OfflineObstacle] {
    let leaf = ByteCount.gibibytes(1).pages(of: pageSize)
    guard kernel.hasOrAssumed(.keepsLargeMappings), pageSize == .kib4, leaf > frames.pages else {
      return []
    }
    let around = FrameRange(start: frames.start.roundedDown(to: leaf), pages: leaf)
    guard driverManaged.contains(where: { $0.contains(around) }) else { return [] }
    return [
      OfflineObstacle(
        .mappingARM64,
        .unknown,
        "/proc/iomem: the memory around it came in one piece, which 1 GiB leaves may map"
      )
    ]
  }

  /// Memory that the address map names as taken for good.
  func fixedMemory(_ frames: FrameRange) -> [OfflineObstacle] {
    var found: [OfflineObstacle] = []
    if let kernelImage, kernelImage.overlaps(frames) {
      found.append(OfflineObstacle(.kernelImage, .no, "/proc/iomem Kernel code to Kernel bss"))
    }
    if crashKernel.contains(where: { $0.overlaps(frames) }) {
      found.append(OfflineObstacle(.crashKernel, .no, "/proc/iomem Crash kernel"))
    }
    return found
  }
}
