internal import Foundation
internal import TestSupport
internal import Testing

/// What a container, a pod or a careful administrator leaves of a host, made for real in namespaces.
@Suite(
  "This host with parts of it hidden",
  .needs("way to hide parts of this host (user namespaces)", isInDebian: false) {
    (try? ProgramRun(["unshare", "-rmpf", "mount", "-t", "tmpfs", "t", "/mnt"]).status) == 0
  }
)
struct RestrictedHostTests {
  private struct Unknown: Decodable, Hashable {
    var input: String
    var reason: String
  }

  private struct Answer: Decodable {
    struct Current: Decodable { var kernelBytes: UInt64 }
    var current: Current
    var unknown: [Unknown]
  }

  /// Runs zonewise as `$1` in a shell that may mount what it likes, seen by nobody else.
  private func run(_ script: String) throws -> ProgramRun {
    try ProgramRun(
      ["unshare", "-rmpf", "/bin/sh", "-ec", script, "sh", CommandRun.executable.path],
      in: URL(filePath: "/")
    )
  }

  private func answer(hiding script: String, _ words: String = "") throws -> Answer {
    let run = try run("\(script)\nexec \"$1\" advise --format json \(words)")
    try #require(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(run.output))
  }

  private static let whole = Result { try CommandRun(["advise", "--format", "json"]) }

  /// Bytes of this host's zones, which none of this changes.
  private func kernelBytes() throws -> UInt64 {
    let run = try Self.whole.get()
    return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8)).current.kernelBytes
  }

  @Test("An empty /sys makes up no node, and the zones are those of the host")
  func noSys() throws {
    let answer = try answer(hiding: "mount -t tmpfs t /sys")
    #expect(try answer.current.kernelBytes == kernelBytes())
    let inputs = Set(answer.unknown.map(\.input))
    #expect(inputs.isSuperset(of: ["/sys/devices/system/node"]))
  }

  @Test(
    "A file that a container masks is told, and is no empty one",
    arguments: [
      "/proc/meminfo", "/proc/vmstat", "/proc/buddyinfo", "/proc/swaps", "/proc/cmdline",
    ]
  )
  func masked(_ file: String) throws {
    let answer = try answer(hiding: "mount --bind /dev/null \(file)")
    #expect(answer.unknown.contains { $0.input == file && $0.reason.contains("regular file") })
    #expect(try answer.current.kernelBytes == kernelBytes())
  }

  @Test("Hidden processes are told where processes are read")
  func hiddenProcesses() throws {
    let script = "mount -t proc -o hidepid=invisible p /proc"
    let answer = try answer(hiding: script, "--processes")
    #expect(answer.unknown.contains { $0.reason.contains("hidepid") })
  }

  @Test("A /proc of processes only has nothing to judge, and says what to do")
  func processesOnly() throws {
    let run = try run("mount -t proc -o subset=pid p /proc\nexec \"$1\" advise")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(
      run.errors.contains("/proc/zoneinfo: not there") && run.errors.contains("zonewise capture"),
      "\(run.errors)"
    )
  }

  @Test("It runs without any capability, and changes nothing of what it answers")
  func noCapability() throws {
    let run = try ProgramRun(
      [
        "unshare", "-rmpf", "setpriv", "--bounding-set=-all", "--inh-caps=-all",
        "--no-new-privs", CommandRun.executable.path, "advise", "--format", "json",
      ],
      in: URL(filePath: "/")
    )
    #expect(run.status == 0, "\(run.errors)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output))
    #expect(try answer.current.kernelBytes == kernelBytes())
  }

  @Test(
    "Nodes come from sysfs where libnuma is not installed",
    .needs("libnuma of this system (libnuma1)", isInDebian: false) { !libnuma.isEmpty }
  )
  func noLibNUMA() throws {
    let masks = Self.libnuma.map { "mount --bind /dev/null \($0)" }.joined(separator: "\n")
    let run = try run("\(masks)\nexec \"$1\" advise --format json")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let without = try JSONDecoder().decode(Answer.self, from: Data(run.output)).unknown
    let with = try JSONDecoder().decode(Answer.self, from: Data(try Self.whole.get().output.utf8))
    #expect(!without.contains { $0.input.contains("/sys/devices/system/node") })
    // In a user namespace more may be refused, never less.
    #expect(Set(without.map(\.input)).isSuperset(of: with.unknown.map(\.input)))
  }

  private static let libnuma: [String] = ["x86_64", "aarch64", "riscv64", "powerpc64le", "s390x"]
    .map { "/usr/lib/\($0)-linux-gnu/libnuma.so.1" }
    .filter(FileManager.default.fileExists)

  @Test(
    "What a seccomp filter refuses costs at most what it gave",
    .needs("python3"),
    arguments: [
      "get_mempolicy,set_mempolicy,mbind,move_pages", "sched_getaffinity", "statx,readlinkat",
      "sysinfo,getcpu,uname", "prlimit64", "getrandom", "rseq,membarrier,clone3", "lseek",
      "getdents64",
    ],
    ["EPERM", "ENOSYS"]
  )
  func refusedCalls(_ calls: String, _ error: String) throws {
    let run = try ProgramRun(
      [
        CommandRun.tests.appending(path: "Scripts/without-syscalls").path, error, calls, "--",
        CommandRun.executable.path, "advise", "--format", "json",
      ],
      in: URL(filePath: "/")
    )
    guard NotTested.unless(run.status != 77, "numbers of this machine's calls", isInDebian: false)
    else { return }
    #expect(run.status == 0, "\(run.errors)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output))
    #expect(try answer.current.kernelBytes == kernelBytes())
    let isListing = calls == "getdents64"
    #expect(!isListing || answer.unknown.contains { $0.input == "/sys/devices/system/node" })
  }
}
