internal import HostModel

/// Lines that are one sentence each.
extension OOMReportParser {
  /// Takes such a line; false where it is none.
  mutating func readSentence(_ text: Substring, _ words: [Substring]) -> Bool {
    let fields = OOMReportFields(String(text))
    if words[0].hasPrefix("oom-kill:constraint=") {
      constraintLine = String(text)
      readConstraint()
      start(.constraint)
      return true
    } else if readPageCount(text, words) || readSwap(text, fields) || readKill(text, fields) {
      // Taken.
    } else if text.hasPrefix("memory: usage ") {
      report.cgroupUsage = fields.kibibytes(after: "usage ")
      report.cgroupLimit = fields.kibibytes(after: "limit ")
    } else if text.hasPrefix("Memory cgroup stats for ") {
      report.constraint = .cgroup
    } else if text.hasPrefix("Task in ") {
      report.cgroup = fields.limitedCgroup ?? report.cgroup
    } else if text.contains(" cpuset="), text.contains(" mems_allowed=") {
      report.readBinding(fields)
    } else if text.contains("+0x") {
      if text.contains("mem_cgroup_out_of_memory+") { report.constraint = .cgroup }
      readFrame(fields)
    } else if text.hasPrefix("CPU:") || text.hasPrefix("Pid:") {
      // The release may stand behind the line's end.
      if report.kernel == nil { processLine = String(text) }
      report.kernel = report.kernel ?? fields.kernel
    } else if Self.ends.contains(where: { text.hasPrefix($0) }) {
      // What follows are tables of processes or caches.
    } else {
      return false
    }
    start(.nothing)
    return true
  }

  private static let ends = [
    "Tasks state", "[ pid", "[  pid", "Unreclaimable slab info", "Call Trace", "Call trace",
    "Hardware name", "Swap cache", "Out of memory",
  ]

  /// `1048576 pages RAM`, and in other words before 2.6.29.
  private mutating func readPageCount(_ text: Substring, _ words: [Substring]) -> Bool {
    guard let count = UInt64(words[0]), words.count > 1 else { return false }
    switch words.dropFirst().joined(separator: " ") {
    case "pages RAM", "pages of RAM": report.pagesOfRAM = count
    case "pages reserved", "reserved pages": report.pagesReserved = count
    case "pages HighMem/MovableOnly", "pages HighMem", "pages of HIGHMEM":
      report.pagesOfHighMem = count
    default: return false
    }
    return true
  }

  private mutating func readSwap(_ text: Substring, _ fields: OOMReportFields) -> Bool {
    if text.hasPrefix("Free swap") {
      report.swapFree = fields.kibibytes(after: "= ") ?? report.swapFree
    } else if text.hasPrefix("Total swap") {
      report.swapTotal = fields.kibibytes(after: "= ") ?? report.swapTotal
    } else {
      return false
    }
    return true
  }

  private mutating func readKill(_ text: Substring, _ fields: OOMReportFields) -> Bool {
    guard ["Kill process ", "kill process ", "Killed process "].contains(where: text.contains)
    else { return false }
    if text.hasPrefix("Memory cgroup") { report.constraint = .cgroup }
    report.victim = report.victim ?? fields.victim
    return true
  }

  mutating func readConstraint() {
    let fields = OOMReportFields(constraintLine)
    switch fields.word(after: "constraint=") {
    case "CONSTRAINT_NONE": report.constraint = OOMReport.Constraint.none
    case "CONSTRAINT_CPUSET": report.constraint = .cpuset
    case "CONSTRAINT_MEMORY_POLICY": report.constraint = .memoryPolicy
    case "CONSTRAINT_MEMCG": report.constraint = .cgroup
    default: break
    }
    report.readBinding(fields)
    report.cgroup = fields.word(after: "oom_memcg=") ?? report.cgroup
  }

  /// More than a stack of use has: behind the tables may follow other traces.
  private static let mostFrames = 64

  private mutating func readFrame(_ fields: OOMReportFields) {
    guard report.zones.isEmpty, report.trace.count < Self.mostFrames, let frame = fields.frame
    else { return }
    report.trace.append(frame)
  }

  /// `hugepages_total=8 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB`
  mutating func readHugePages(_ node: NodeID, _ line: String) {
    let fields = OOMReportFields(line)
    guard let total = fields.number(after: "total=").flatMap({ UInt64(exactly: $0) }),
      let free = fields.number(after: "free=").flatMap({ UInt64(exactly: $0) }),
      let size = fields.kibibytes(after: "size=")
    else { return }
    report.hugePages.append(OOMReport.HugePages(node: node, total: total, free: free, size: size))
  }
}
