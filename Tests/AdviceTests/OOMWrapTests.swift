internal import Advice
internal import Foundation
internal import HostModel
internal import KernelText
internal import Testing

/// The forms in which people meet a report.
@Suite("OOM reports in every wrap")
struct OOMWrapTests {
  struct Wrap: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var render: @Sendable (OOMBooted) -> String
  }

  private static func lines(
    _ report: OOMBooted,
    _ line: @Sendable (String, String) -> String
  ) -> String {
    report.messages.map { line($0.seconds, $0.text) }.joined(separator: "\n")
  }

  private static func wrapped(_ text: String, _ width: Int, _ mark: String = "") -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var rest = line[...]
      var parts: [Substring] = []
      repeat {
        parts.append(rest.prefix(width))
        rest = rest.dropFirst(width)
      } while !rest.isEmpty
      return parts.joined(separator: mark + "\n")
    }.joined(separator: "\n")
  }

  private static let strangers = [
    "Nov 23 10:34:47 db-17 sshd[4242]: Accepted publickey for root from 192.0.2.7 port 40122 ssh2",
    "Nov 23 10:34:47 db-17 app[99]: pool free:123 active_anon:5 used:7kB 12 34",
    "Nov 23 10:34:47 db-17 systemd[1]: app.service: A process of this unit has been killed by the OOM killer.",
    "Nov 23 10:34:48 db-17 CRON[77]: (root) CMD (free -m; echo Normal: 1*4kB)",
  ]

  static let wraps: [Wrap] = [
    Wrap(testDescription: "dmesg") { lines($0) { "[\($0)] \($1)" } },
    Wrap(testDescription: "dmesg without times") { lines($0) { _, text in text } },
    Wrap(testDescription: "dmesg -T") { lines($0) { "[Mon Nov 23 10:34:47 2026] \($1)" } },
    Wrap(testDescription: "dmesg -x") { lines($0) { "kern  :warn  : [\($0)] \($1)" } },
    Wrap(testDescription: "dmesg -e") { report in
      lines(report) { _, text in
        text.contains("invoked") ? "[Nov23 10:34] \(text)" : "[  +0.000004] \(text)"
      }
    },
    Wrap(testDescription: "dmesg --time-format iso") {
      lines($0) { "2026-11-23T10:34:47,123456+01:00 \($1)" }
    },
    Wrap(testDescription: "journalctl -k") { lines($0) { "Nov 23 10:34:47 db-17 kernel: \($1)" } },
    Wrap(testDescription: "journalctl -k -o short-iso") {
      lines($0) { "2026-11-23T10:34:47+0100 db-17 kernel: \($1)" }
    },
    Wrap(testDescription: "journalctl -k -o short-monotonic") {
      lines($0) { "[\($0)] db-17 kernel: \($1)" }
    },
    Wrap(testDescription: "syslog") {
      lines($0) { "Nov 23 10:34:47 db-17 kernel: [\($0)] \($1)" }
    },
    Wrap(testDescription: "syslog with a process id") {
      lines($0) { "Nov 23 10:34:47 db-17 kernel[0]: [\($0)] \($1)" }
    },
    Wrap(testDescription: "rsyslog that joins what the kernel said at once") { report in
      var text = ""
      var last = ""
      for (seconds, message) in report.messages {
        // The kernel's own line breaks: the lines behind the first begin with a blank.
        let isRest = seconds == last && message.hasPrefix(" ") && message.contains(":")
        text += isRest ? "#012" + message : "\nNov 23 10:34:47 db-17 kernel: " + message
        last = seconds
      }
      return text
    },
    Wrap(testDescription: "serial console") { lines($0) { "<6>[\($0)] \($1)" } },
    Wrap(testDescription: "serial console with callers, CRLF") {
      lines($0) { "<4>[\($0)][  T123] \($1)\r" }
    },
    Wrap(testDescription: "a pager of 80 columns") {
      wrapped(lines($0) { "[Mon Nov 23 10:34:47 2026] \($1)" }, 80)
    },
    Wrap(testDescription: "syslog in a pager of 80 columns") {
      wrapped(lines($0) { "Nov 23 10:34:47 db-17 kernel: [\($0)] \($1)" }, 80)
    },
    Wrap(testDescription: "quoted in a mail") {
      lines($0) { "> > [\($0)] \($1)" }
    },
    Wrap(testDescription: "a raw mail (quoted-printable)") {
      wrapped(lines($0) { "[\($0)] \($1)" }.replacing("=", with: "=3D"), 75, "=")
        .replacing("==\n3D", with: "=3D\n")
    },
    Wrap(testDescription: "a test harness") { lines($0) { "00177 \($1)" } },
    Wrap(testDescription: "a phone's log") {
      lines($0) { "<6>[\($0)] (2)[1234:kworker/2:1]\($1)" }
    },
    Wrap(testDescription: "among other programs' lines") { report in
      let all = report.messages.enumerated().flatMap { index, message in
        ["Nov 23 10:34:47 db-17 kernel: [\(message.seconds)] \(message.text)"]
          + (index % 3 == 0 ? [strangers[index / 3 % strangers.count]] : [])
      }
      return all.joined(separator: "\n")
    },
    Wrap(testDescription: "between boot messages and more reports without numbers") { report in
      "[    0.000000] Linux version 6.12.0\n" + report.text
        + "[  99.000000] app invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\n"
    },
  ]

  @Test("says the same", arguments: wraps)
  func same(wrap: Wrap) throws {
    // The oldest and the newest form, and other words in between.
    for report in OOMBooted.all where !report.kernel.hasPrefix("6.1.") {
      let expected = try OOMBooted.diagnose(report.text)
      let diagnosis = try OOMBooted.diagnose(wrap.render(report))
      #expect(diagnosis.cause == expected.cause, "\(report.file)")
      #expect(diagnosis.usable == expected.usable, "\(report.file)")
      #expect(diagnosis.elsewhere == expected.elsewhere, "\(report.file)")
      #expect(diagnosis.boundNodes == expected.boundNodes, "\(report.file)")
    }
  }
}
