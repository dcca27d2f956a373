internal import Advice
internal import HostModel
internal import KernelText
internal import Reports
internal import SourceText
internal import Testing

@Suite("OOM reports: output")
struct OOMReportsTests {
  private func log(_ task: String = "app") throws -> OOMLog {
    let text = Array(
      """
      \(task) invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
      memory: usage 1024kB, limit 1024kB, failcnt 1
      oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0-1,oom_memcg=/web
      """.utf8
    )
    return try OOMReportText.parse(text.span, file: "oom.log")
  }

  @Test("the text begins with the answer and keeps to the width")
  func text() throws {
    let log = try log()
    let text = OOMText.render(
      OOMLogDiagnosis(log),
      log: log,
      file: "oom.log",
      style: TextStyle(width: 70)
    )
    #expect(text.contains("CGROUP LIMIT. The cgroup /web reached its limit of 1.00 MiB"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 70 })
    #expect(text.contains("CHANGE THIS"))
  }

  @Test("the JSON is JSON, and says what the contract says")
  func json() throws {
    let log = try log()
    let bytes = OOMJSON.render(
      OOMLogDiagnosis(log),
      log: log,
      file: "oom.log"
    )
    var reader = JSONReader(bytes, file: "json")
    var members: [String] = []
    var cause = ""
    try reader.object { reader, name throws(LocatedError) in
      members.append(name)
      guard name == "oom" else {
        try reader.skip()
        return
      }
      try reader.object { reader, name throws(LocatedError) in
        if name == "cause" { cause = try reader.string() } else { try reader.skip() }
      }
    }
    try reader.end()
    #expect(members == ["schemaVersion", "command", "oom"])
    #expect(cause == "cgroup-limit")
  }

  @Test("a process name steers no terminal")
  func controls() throws {
    let log = try log("a\u{1B}[31mb")
    let text = OOMText.render(
      OOMLogDiagnosis(log),
      log: log,
      file: "oom\u{07}.log",
      style: TextStyle()
    )
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}
