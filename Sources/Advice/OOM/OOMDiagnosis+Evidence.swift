internal import HostModel
internal import KernelText

/// The numbers behind an answer, each as the report has it.
extension OOMDiagnosis {
  package var evidence: [String] {
    var lines: [String] = []
    if let request = requestLine { lines.append(request) }
    lines += memoryLines
    if let module = report.trace.lazy.compactMap(\.module).first {
      lines.append("asked for by the module \(module), by the call trace")
    }
    if let usage = report.cgroupUsage, let limit = report.cgroupLimit {
      lines.append("cgroup: \(usage.text) used, limit \(limit.text)")
    }
    if let total = report.swapTotal, let free = report.swapFree {
      lines.append(total == 0 ? "no swap" : "swap: \(free.text) free of \(total.text)")
    }
    if let victim = report.victim { lines.append("killed: \(victim)") }
    return lines
  }

  private var requestLine: String? {
    guard report.kind != .headless, report.kind != .shown else { return nil }
    var line = report.task.isEmpty ? "somebody" : report.task
    line += " asked for "
    if let length = report.length, report.kind != .vmallocPages {
      line += length.text
      if report.kind == .withoutMMU { line += " in one piece, so for a block of \(blockSize)" }
    } else {
      line += blockSize
    }
    if let flags = report.gfpFlags.first { line += " with \(flags)" }
    if let zone = request, report.kind != .addressSpace { line += ": zones up to \(zone.rawValue)" }
    return line
  }

  private var memoryLines: [String] {
    switch why {
    case .noShortage, .unknown: return zoneLines
    default: break
    }
    var lines: [String] = []
    func of(_ whole: ByteCount) -> String { whole > 0 ? " of \(whole.text)" : "" }
    if usable.free > 0 || usable.managed > 0 {
      lines.append(
        "usable zones: \(usable.free.text) free\(of(usable.managed)), requests fail below "
          + usable.watermark.text
          + (shortfall.map { ": \($0.text) too little" } ?? "")
      )
    }
    for place in places {
      let how =
        place.isPrinted
        ? "by the zones' own lines" : "free in total minus the zones that the kernel printed"
      lines.append(
        "\(place.title)\(place.memory.managed > 0 ? ", \(place.memory.managed.text)" : ""): "
          + "\(Self.amount(place)) (\(how))"
      )
    }
    if case .urgentReserve(let kept) = why {
      lines.append("kept for urgent requests: \(kept.text)")
    }
    if let stuck { lines.append("user memory in the kernel zones: \(stuck.text)") }
    if let size = uncountedLarge {
      lines.append("in no counter: \(size.text) of the usable zones (drivers, vmalloc, buffers)")
    }
    return lines
  }

  /// How each zone stood, where no cause was found that would say it.
  private var zoneLines: [String] {
    var lines = report.zones.prefix(24).map { zone in
      var line = "node \(zone.node) \(zone.kind.name): \((zone.bytes(.free) ?? 0).text) free"
      if let managed = zone.managed { line += " of \(managed.text)" }
      if let cma = zone.bytes(.freeCMA), cma > 0 { line += ", \(cma.text) of it in CMA areas" }
      let marks = [OOMCounter.min, .low, .high].compactMap { zone.bytes($0)?.text }
      if marks.count == 3 { line += ", watermarks \(marks.joined(separator: " / "))" }
      return line
    }
    // Where someone asked for them, all zones are there.
    let hasMovable = report.zones.contains { $0.kind == .movable }
    if report.kind == .shown, report.isWhole, !report.zones.isEmpty, !hasMovable {
      lines.append("no ZONE_MOVABLE")
    }
    return lines
  }

  /// Anonymous memory in the kernel zones, where it is a tenth of them or more.
  var stuck: ByteCount? {
    guard case .zoneImbalance = why else { return nil }
    return anonymousInKernelZones.flatMap {
      $0 > usable.managed.scaled(by: 1, over: 10) ? $0 : nil
    }
  }

  /// What of the usable zones is in no counter, where it is a quarter of them or more.
  var uncountedLarge: ByteCount? {
    guard cause != .uncounted, let size = uncountedInUsable, size > .mebibytes(64),
      size > usable.managed.scaled(by: 1, over: 4)
    else { return nil }
    return size
  }
}
