internal import Foundation
internal import TestSupport
internal import Testing

@Suite("metrics --listen", .needs("python3"))
struct ListenTests {
  private static let host = CommandRun.roots.appending(path: "6.12-pin-before.tar.gz").path

  /// Runs a Python program with `ask(bytes)` in it, which gives the whole answer, beside a listener.
  private func talk(_ program: String) throws -> String {
    let folder = try TemporaryFolder()
    let script = """
      import random, re, socket, subprocess, sys
      listener = subprocess.Popen([sys.argv[1], 'metrics', '--listen', '0', sys.argv[2]],
                                  stderr=subprocess.PIPE, text=True)
      port = int(re.search(r':([0-9]+)/metrics', listener.stderr.readline()).group(1))
      def ask(request):
          with socket.create_connection(('127.0.0.1', port), timeout=30) as line:
              try:
                  line.sendall(request)
                  line.shutdown(socket.SHUT_WR)
              except OSError:
                  pass
              answer = b''
              try:
                  while piece := line.recv(65536):
                      answer += piece
              except ConnectionError:
                  pass
              return answer
      def get(path, method='GET', host='localhost'):
          return ask(f'{method} {path} HTTP/1.1\\r\\nHost: {host}\\r\\n\\r\\n'.encode())
      try:
          \(program.replacingOccurrences(of: "\n", with: "\n    "))
          assert listener.poll() is None, 'the listener has ended'
      finally:
          listener.terminate()
          listener.wait()
      """
    let path = try folder.write("talk.py", script).path
    let run = try Consumer.run("python3", [path, CommandRun.executable.path, Self.host])
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test("Each scrape is judged anew, and is what the command prints")
  func scrape() throws {
    let output = try talk(
      """
      head, body = get('/metrics').split(b'\\r\\n\\r\\n', 1)
      assert head.startswith(b'HTTP/1.1 200 OK'), head
      assert b'application/openmetrics-text; version=1.0.0' in head, head
      assert f'Content-Length: {len(body)}'.encode() in head
      assert get('/metrics').endswith(body)
      head, none = get('/metrics', 'HEAD').split(b'\\r\\n\\r\\n', 1)
      assert none == b'' and f'Content-Length: {len(body)}'.encode() in head
      sys.stdout.write(body.decode())
      """
    )
    #expect(output == (try CommandRun(["metrics", Self.host]).output))
  }

  @Test("What is no request for metrics is refused, and the next one answered")
  func refusals() throws {
    _ = try talk(
      """
      for request, status in [
          (b'GET / HTTP/1.1\\r\\n\\r\\n', b'404'), (b'GET /metrics/../../etc/passwd HTTP/1.1\\r\\n\\r\\n', b'404'),
          (b'POST /metrics HTTP/1.1\\r\\nContent-Length: 9\\r\\n\\r\\n123456789', b'405'),
          (b'GET /metrics\\r\\n\\r\\n', b'400'), (b'GET /metrics HTTP/2\\r\\n\\r\\n', b'400'),
          (b'GET /metrics HTTP/1.1\\r\\nX: ' + b'x' * 100000 + b'\\r\\n\\r\\n', b'431'),
          (b'\\x16\\x03\\x01\\x02\\x00\\x01\\r\\n\\r\\n', b'400')]:
          answer = ask(request)
          assert answer.split(b' ')[1] == status, (request[:40], answer[:80])
      assert ask(b'GET /met') == b''
      assert b' 200 ' in get('/metrics')[:20]
      """
    )
  }

  @Test("Random bytes and callers that say nothing stop nobody")
  func hostile() throws {
    _ = try talk(
      """
      random.seed(7)
      for _ in range(300):
          ask(random.randbytes(random.randrange(200)) + random.choice([b'', b'\\r\\n\\r\\n']))
      silent = [socket.create_connection(('127.0.0.1', port)) for _ in range(2)]
      assert b' 200 ' in get('/metrics')[:20]
      """
    )
  }

  @Test("A port that is taken, and what is no port, are refused with the reason")
  func ports() throws {
    _ = try talk(
      """
      second = subprocess.run([sys.argv[1], 'metrics', '--listen', str(port)], capture_output=True, text=True)
      assert second.returncode == 2 and 'in use' in second.stderr, second
      """
    )
    for (address, words) in [
      ("x", "such as 9955"), ("1.2.3.4", "such as 9955"), ("::1:99", "[::1]"),
    ] {
      let run = try CommandRun(["metrics", "--listen", address])
      #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
    }
    let both = try CommandRun(["metrics", "--listen", "0", "-o", "x"])
    #expect(both.status == 64 && both.errors.contains("take one of them"))
  }
}
