internal import TestSupport

extension LogWrap {
  static let all: [LogWrap] = prefixes + carriers + breaks

  /// What stands in front of each line.
  static let prefixes: [LogWrap] = [
    LogWrap("bare", "`journalctl -o cat`, `dmesg -t`, web forms", before: ""),
    LogWrap("kernel time", "`dmesg`, serial consoles, netconsole", before: "[    0.012345] "),
    LogWrap("kernel time with callers", "CONFIG_PRINTK_CALLER", before: "[    0.012345][    T0] "),
    LogWrap("callers apart", "CONFIG_PRINTK_CALLER", before: "[    0.012345] [      T0] "),
    LogWrap("time since the line before", "`dmesg -d`", before: "[  +0.000004] "),
    LogWrap("relative time", "`dmesg -e`", before: "[Nov23 10:34] "),
    LogWrap("human time", "`dmesg -T`", before: "[Mon Nov 23 10:00:00 2026] "),
    LogWrap("levels", "`dmesg -r`, /proc/kmsg", before: "<6>[    0.012345] "),
    LogWrap("decoded levels", "`dmesg -x`, LKP", before: "kern  :info  : [    0.012345] "),
    LogWrap(
      "decoded levels, human time",
      "`dmesg -xT`",
      before: "kern  :notice: [Wed Dec 14 20:00:04 2022] "
    ),
    LogWrap("ISO time", "`dmesg --time-format iso`", before: "2026-11-23T10:00:00,123456+00:00 "),
    LogWrap("time only", "Jenkins, screen recorders", before: " 20:16:33  "),
    LogWrap("time with a fraction", "minicom, tio", before: "20:16:33.123 "),
    LogWrap("date and time", "LAVA, test harnesses", before: "2026-11-23 10:00:00.123 "),
    LogWrap("bracketed time", "console servers, openQA", before: "[2026-11-23 10:00:00] "),
    LogWrap(
      "bracketed time, kernel time",
      "console servers, openQA",
      before: "[2026-11-23 10:00:00] [    0.012345] "
    ),
    LogWrap("syslog", "/var/log/messages", before: "Nov 23 10:00:00 db-17 kernel: [    0.012345] "),
    LogWrap("journal", "`journalctl -k`", before: "Nov 23 10:00:00 db-17 kernel: "),
    LogWrap("month in another language", "`journalctl -k`", before: "апр 17 13:18:28 PC kernel: "),
    LogWrap("journal, monotonic", "`-o short-monotonic`", before: "[    0.012345] db-17 kernel: "),
    LogWrap(
      "journal, full",
      "`-o short-full`",
      before: "Mon 2026-11-23 10:00:00 CET db-17 kernel: "
    ),
    LogWrap("journal, unix time", "`-o short-unix`", before: "1795428000.123456 db-17 kernel: "),
    LogWrap("host only", "`journalctl` pasted without times", before: "linux kernel: "),
    LogWrap("RFC 5424", "rsyslog", before: "<6>1 2026-11-23T10:00:00.123Z db-17 kernel - - - "),
    LogWrap("anaconda", "installers", before: "20:50:54,532 INFO kernel:"),
    LogWrap(
      "logread",
      "OpenWrt",
      before: "Sat Jan 27 00:14:32 2024 kern.warn kernel: [    0.012345] "
    ),
    LogWrap("logcat", "Android", before: "07-12 10:11:12.123     0     0 W         : "),
    LogWrap("/dev/kmsg", "`cat /dev/kmsg`", before: "6,1120,16015906,-;"),
    LogWrap("extended netconsole", "netconsole=+", before: "4,196,241227,-,caller=T12845;"),
    LogWrap("Kubernetes", "`kubectl logs --timestamps`", before: "2025-12-11T10:11:12.123456789Z "),
    LogWrap("CRI", "/var/log/pods", before: "2025-12-11T10:11:12.123456789Z stdout F "),
    LogWrap("pod and container", "`kubectl logs --prefix`", before: "[pod/a-1/b] [    0.012345] "),
    LogWrap("compose", "`docker compose logs`", before: "worker-1  | [    0.012345] "),
    LogWrap("GitHub Actions", "CI", before: "2026-01-01T00:00:00.0000000Z [    0.012345] "),
    LogWrap("GitLab CI", "CI", before: "2026-01-01T00:00:00.000000Z 01O \u{1B}[0K[    0.012345] "),
    LogWrap("test harness counter", "boot farms", before: "00177 "),
    LogWrap("numbered", "`grep -n`", before: "177:[    0.012345] "),
    LogWrap("quoted mail", "replies", before: "> "),
    LogWrap("quoted twice", "replies", before: "> > [    0.012345] "),
    LogWrap("markdown", "issue trackers", before: "    [    0.012345] "),
    LogWrap("tabs", "copies out of editors", before: "\t[    0.012345]\t"),
    LogWrap("CRLF", "Windows", before: "[    0.012345] ", after: "\r"),
    LogWrap(
      "colours",
      "`dmesg --color`",
      before: "\u{1B}[32m[    0.012345] \u{1B}[0m",
      after: "\u{1B}[0m"
    ),
    LogWrap("no-break spaces", "web mail", before: "[\u{A0}\u{A0}\u{A0} 0.012345] "),
  ]

  /// What carries the lines.
  static let carriers: [LogWrap] = [
    LogWrap("journal, JSON", "`journalctl -o json`") { lines, random in
      lines.map { line in
        let fields = [
          "\"_TRANSPORT\":\"kernel\"", "\"MESSAGE\":" + json(line), "\"PRIORITY\":\"6\"",
          "\"_MACHINE_ID\":\"0123 4567\"",
        ]
        return "{" + fields.shuffled(using: &random).joined(separator: ",") + "}\n"
      }.joined()
    },
    LogWrap("journal, JSON with bytes", "`journalctl -o json`") { lines, _ in
      lines.map { line in
        let bytes = line.utf8.map { "\($0)" }.joined(separator: ",")
        return "{\"_TRANSPORT\":\"kernel\",\"MESSAGE\":[\(bytes)],\"PRIORITY\":\"6\"}\n"
      }.joined()
    },
    LogWrap("journal, laid out JSON", "`journalctl -o json-pretty`") { lines, _ in
      lines.map { line in
        "{\n\t\"_TRANSPORT\" : \"kernel\",\n\t\"MESSAGE\" : \(json(line)),\n\t\"PRIORITY\" : \"6\"\n}\n"
      }.joined()
    },
    LogWrap("journal, export", "`journalctl -o export`") { lines, _ in
      lines.map { "__CURSOR=s=1;i=2\n_TRANSPORT=kernel\nMESSAGE=\($0)\nPRIORITY=6\n\n" }.joined()
    },
    LogWrap("container log", "Docker's json-file") { lines, _ in
      lines.map { "{\"log\":\(json(stamped($0)).dropLast())\\n\",\"stream\":\"stdout\"}\n" }
        .joined()
    },
    LogWrap("list of lines, JSON", "bug reports of test systems") { lines, _ in
      "[\n" + lines.map { "  " + json(stamped($0)) }.joined(separator: ",\n") + "\n]\n"
    },
    LogWrap("list of lines, JSON in one line", "APIs") { lines, _ in
      "[" + lines.map { json(stamped($0)) }.joined(separator: ",") + "]"
    },
    LogWrap("a log in one string, JSON", "APIs") { lines, _ in
      "{\"dmesg\": "
        + json(lines.map { stamped($0) + "\u{1}" }.joined()).replacing("\u{1}", with: "\\n")
        + ", \"host\": \"db-17\"}"
    },
    LogWrap("list of lines, YAML", "test definitions") { lines, _ in
      "log:\n" + lines.map { "  - " + json(stamped($0)) + "\n" }.joined()
    },
    LogWrap("list of lines, YAML, single quotes", "test definitions") { lines, _ in
      "log:\n"
        + lines.map { "  - '\(stamped($0).replacing("'", with: "''"))'\n" }.joined()
    },
    LogWrap("list of records, YAML", "LAVA") { lines, _ in
      lines.map { line in
        "- {\"dt\": \"2026-11-23T10:00:00.1\", \"lvl\": \"target\", \"msg\": \(json(stamped(line)))}\n"
      }.joined()
    },
    LogWrap("block, YAML", "test definitions") { lines, _ in
      "log: |\n" + lines.map { "    " + stamped($0) + "\n" }.joined()
    },
    LogWrap("quoted-printable", "raw mails") { lines, _ in
      lines.map { quotedPrintable(stamped($0)) + "\n" }.joined()
    },
    LogWrap("HTML", "a page's source") { lines, _ in
      lines.map { line in
        let escaped = line.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
          .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
        return "&lt;6&gt;" + stamped(escaped) + "<br>\n"
      }.joined()
    },
    LogWrap("netconsole in pieces", "netconsole=+ beyond 1000 bytes") { lines, random in
      lines.enumerated().map { index, line in
        let cut = line.utf8.count < 30 ? 0 : 20 + Int(random.next() % 8)
        let header = "6,\(100 + index),1234,-"
        guard cut > 0 else { return header + ";" + line + "\n" }
        let all = line.utf8.count
        return "\(header),ncfrag=0/\(all);\(line.prefix(cut))\n"
          + "\(header),ncfrag=\(cut)/\(all);\(line.dropFirst(cut))\n"
      }.joined()
    },
  ]

  /// What stands between the lines, and where they end.
  static let breaks: [LogWrap] = [
    LogWrap("grep separators", "`grep -A`") { lines, random in
      lines.map { stamped($0) + "\n" + (random.next() % 8 == 0 ? "--\n" : "") }.joined()
    },
    LogWrap("shell prompts", "terminals") { lines, _ in
      "root@db-17:~# dmesg\n" + lines.map { stamped($0) + "\n" }.joined() + "root@db-17:~# \n"
    },
    LogWrap("comments between", "mails") { lines, random in
      lines.map { line in
        stamped(line) + "\n" + (random.next() % 9 == 0 ? "\n^^^ look here\n\n" : "")
      }.joined()
    },
    LogWrap("broken at blanks", "mail programs, 72 to 78 columns") { lines, random in
      let width = 72 + Int(random.next() % 7)
      return lines.flatMap { brokenAtBlanks(stamped($0), width: width) }
        .map { $0 + "\n" }.joined()
    },
    LogWrap("broken at blanks, flowed", "mail programs, format=flowed") { lines, random in
      let width = 72 + Int(random.next() % 7)
      return lines.flatMap { line in
        let pieces = brokenAtBlanks(stamped(line), width: width)
        return pieces.dropLast().map { $0 + " \n" } + pieces.suffix(1).map { $0 + "\n" }
      }.joined()
    },
    LogWrap("broken anywhere", "terminals, 80 columns and others") { lines, random in
      let width = [72, 76, 80, 100, 132][Int(random.next() % 5)]
      return lines.flatMap { brokenAnywhere(stamped($0), width: width) }
        .map { $0 + "\n" }.joined()
    },
    LogWrap("broken and quoted", "replies to broken mails") { lines, random in
      let width = 72 + Int(random.next() % 5)
      return lines.flatMap { brokenAtBlanks(stamped($0), width: width) }
        .map { "> " + $0 + "\n" }.joined()
    },
  ]
}
