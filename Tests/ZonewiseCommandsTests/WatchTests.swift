internal import Foundation
internal import TestSupport
internal import Testing

@Suite("watch")
struct WatchTests {
  @Test("One look is printed and has no escape in it, at any width", arguments: [40, 80, 200])
  func once(width: Int) throws {
    let run = try CommandRun(["watch", "--once"], environment: ["COLUMNS": "\(width)"])
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(!run.output.contains("\u{1B}"))
    for word in ["ZONES", "HEADROOM", "WHAT THE KERNEL ZONES PAY FOR"] {
      #expect(run.output.contains(word), "\(run.output)")
    }
    let longest = run.output.split(separator: "\n").map(\.count).max() ?? 0
    #expect(longest <= width, "\(longest) columns")
  }

  @Test("Where nobody sees a screen, looks are printed one below the other, with what changed")
  func plain() throws {
    let run = try CommandRun(
      ["watch", "--interval", "1s", "--count", "2"],
      environment: ["TERM": "dumb"]
    )
    #expect(run.status == 0)
    let headers = run.output.split(separator: "\n").filter { $0.contains("every 1 s") }
    #expect(headers.count == 2, "\(run.output)")
    #expect(run.output.contains("1 s ago") && !run.output.contains("\u{1B}"), "\(run.output)")
  }

  @Test(
    "On a terminal keys sort, choose, explain and hold; it resizes, and is left as it was",
    .needs("python3")
  )
  func terminal() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "drive.py",
      """
      import fcntl, os, pty, re, select, signal, struct, sys, termios, time
      def size(lines, columns):
          fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack('HHHH', lines, columns, 0, 0))
      child, line = pty.fork()
      if child == 0:
          os.environ.update(TERM='xterm', LC_ALL='C.UTF-8')
          os.environ.pop('COLUMNS', None)
          os.execv(sys.argv[1], [sys.argv[1], 'watch', '--interval', '1s', '--color', 'never'])
      seen = ''
      def until(pattern, seconds=60):
          global seen
          end = time.monotonic() + seconds
          while not re.search(pattern, seen, re.S):
              assert time.monotonic() < end, (pattern, seen[-3000:])
              if select.select([line], [], [], 0.2)[0]:
                  seen += os.read(line, 65536).decode(errors='replace')
      def press(keys, pattern):
          global seen
          seen = ''
          os.write(line, keys)
          until(pattern)
      size(30, 100)
      before = termios.tcgetattr(line)[3]
      until('q quit.*sort .size.')
      assert seen.startswith('\\x1b[?1049h'), repr(seen[:40])
      press(b's', 'sort .change.')
      press(b's', 'sort .name.')
      press(b'\\x1b[B', '> ')
      press(b'\\r', 'at the horizon of the profile.*enter close')
      press(b'\\x1b', 'enter explain')
      press(b' ', 'space go on')
      press(b' ', 'space hold')
      seen = ''
      size(20, 50)
      until('q quit  s sort  j k')
      press(sys.argv[2].encode().decode('unicode_escape').encode(), r'\\x1b\\[\\?25h\\x1b\\[\\?1049l')
      _, status = os.waitpid(child, 0)
      assert termios.tcgetattr(line)[3] == before, 'the terminal is not as it was'
      print(os.waitstatus_to_exitcode(status))
      """
    )
    for (key, status) in [("q", "0"), ("\\x03", "-2")] {
      let run = try Consumer.run("python3", [script.path, CommandRun.executable.path, key])
      #expect(run.output == "\(status)\n", "\(key): \(run.errors)")
    }
  }

  @Test("Wrong usage says what is right")
  func usage() throws {
    let both = try CommandRun(["watch", "--once", "--count", "2"])
    #expect(both.status == 64 && both.errors.contains("take one of them"), "\(both.errors)")
    let none = try CommandRun(["watch", "--count", "0"])
    #expect(none.status == 64 && none.errors.contains("from 1"), "\(none.errors)")
  }
}
