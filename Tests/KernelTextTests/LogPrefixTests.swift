internal import HostModel
internal import KernelText
internal import TestSupport
internal import Testing

/// Every prefix in front of the same boot log and the same OOM report.
@Suite("Prefixes of log lines")
struct LogPrefixTests {
  struct Dress: Sendable, CustomTestStringConvertible {
    var name: String
    var before: String
    var after: String

    init(_ name: String, _ before: String, _ after: String = "") {
      self.name = name
      self.before = before
      self.after = after
    }

    var testDescription: String { name }

    func on(_ lines: [String]) -> String {
      lines.map { before + $0 + after + "\n" }.joined()
    }
  }

  /// What loggers put in front, and behind.
  static let dresses = [
    Dress("bare", ""),
    Dress("time stamps", "[    0.012345] "),
    Dress("large time stamps", "[123456.012345] "),
    Dress("dmesg -d", "[  +0.000004] "),
    Dress("dmesg -e", "[Nov23 10:34] "),
    Dress("callers", "[    0.012345][    T0] "),
    Dress("callers with a cpu", "[    0.012345][  T123@C1] "),
    Dress("callers in interrupts", "[    0.012345][    C1] "),
    Dress("priorities", "<6>[    0.012345] "),
    Dress("priorities only", "<6>"),
    Dress("priorities of three digits", "<174>"),
    Dress("decoded priorities", "kern  :info  : [    0.012345] "),
    Dress("decoded priorities only", "kern  :info  : "),
    Dress("human time", "[Mon Nov 23 10:00:00 2026] "),
    Dress("ISO time", "2026-11-23T10:00:00,123456+00:00 "),
    Dress("journal", "Nov 23 10:00:00 db-17 kernel: "),
    Dress("journal, precise", "Nov 23 10:00:00.123456 db-17 kernel: "),
    Dress("journal, ISO", "2026-11-23T10:00:00+0100 db-17 kernel: "),
    Dress("journal, monotonic", "[    0.012345] db-17 kernel: "),
    Dress("syslog", "Nov 23 10:00:00 db-17 kernel: [    0.012345] "),
    Dress("syslog, ISO", "2026-11-23T10:00:00.123456+01:00 db-17 kernel: [    0.012345] "),
    Dress("syslog with a process id", "Nov 23 10:00:00 db-17 kernel[0]: [    0.012345] "),
    Dress("syslog with a process id only", "Nov 23 10:00:00 db-17 kernel[0]: "),
    Dress("syslog with another tag", "Nov 23 10:00:00 db-17 vmunix: [    0.012345] "),
    Dress("serial console", "[    0.012345] ", "\r"),
    Dress("colours", "\u{1B}[32m[    0.012345] \u{1B}[0m\u{1B}[33m", "\u{1B}[0m"),
    Dress("a console server's time", "[2026-11-23 12:17:07.124] "),
    Dress("a console server's before the kernel's", "[2026-11-23 12:17:07.124] [    0.012345] "),
    Dress("the rest of a boot loader's line", "Loading initrd...[    0.012345] "),
    Dress("quoted in a mail", "> "),
    Dress("quoted twice, with time stamps", "> > [    0.012345] "),
    Dress("quoted human time", ">> [Mon Nov 23 10:00:00 2026] "),
  ]

  @Test("a boot log reads the same behind each", arguments: dresses)
  func bootLog(_ dress: Dress) throws {
    BootLogTextTests.check(try BootLogTextTests.read(dress.on(BootLogTextTests.messages)))
  }

  @Test("an OOM report reads the same behind each", arguments: dresses, OOMReportTextTests.logs)
  func report(_ dress: Dress, log: String) throws {
    let messages = try OOMReportTextTests.text(log).split(separator: "\n").map {
      String($0.drop { $0 != "]" }.dropFirst(2))
    }
    let bare = messages.map { $0 + "\n" }.joined()
    let expected = try OOMReportTextTests.report(bare)
    #expect(expected.hasNumbers)
    #expect(try OOMReportTextTests.report(dress.on(messages)) == expected)
  }

  @Test("what another program said is no part of a report")
  func foreign() throws {
    let text = try OOMReportTextTests.text("6.12-oom-plain.log")
    let expected = try OOMReportTextTests.report(text)
    let lines = text.split(separator: "\n").flatMap {
      [
        String($0), "Nov 23 10:00:00 db-17 app[99]: pool free:123kB managed:7kB",
        "2026-11-23T10:00:00+01:00 db-17 app: pool free:123kB managed:7kB",
      ]
    }
    let report = try OOMReportTextTests.report(lines.joined(separator: "\n"))
    #expect(report.zones == expected.zones)
    #expect(report.totals == expected.totals)
  }

  @Test("a report's own words in front of a stamp are kept")
  func wordsBeforeStamp() throws {
    let text = """
      app: page allocation failure: order:2, mode:0xcc0(GFP_KERNEL), nodemask=(null)
      Mem-Info:
      Node 0 Normal free:1200kB min:1000kB managed:60000kB [   12.345678] x
      """
    let zone = try OOMReportTextTests.report(text).zones.first
    #expect(zone?.bytes(.managed) == .kibibytes(60000))
  }
}
