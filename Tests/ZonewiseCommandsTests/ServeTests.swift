internal import Foundation
internal import TestSupport
internal import Testing

@Suite("serve --stdio")
struct ServeTests {
  private static let host = "6.12-two-nodes-kernelcore"

  private func served(_ requests: String) throws -> [String] {
    let run = try ProgramRun(
      [CommandRun.executable.path, "serve", "--stdio"],
      input: Array(requests.utf8),
      in: CommandRun.roots
    )
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    return run.text.split(separator: "\n").map(String.init)
  }

  @Test("An answer is what the command prints as JSON, on one line, and several come in order")
  func answers() throws {
    let lines = try served(
      """
      {"id": 1, "command": ["advise", "\(Self.host)"]}

      {"command": ["check", "\(Self.host)"], "id": 2}
      {"id": 3, "command": ["predict", "\(Self.host)", "--cmdline", "movablecore=1G"]}
      """
    )
    #expect(lines.count == 3)
    for (line, arguments) in zip(
      lines,
      [
        ["advise", Self.host], ["check", Self.host],
        ["predict", Self.host, "--cmdline", "movablecore=1G"],
      ]
    ) {
      let alone = try CommandRun(arguments + ["--format", "json"], in: CommandRun.roots)
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      )
      let expected = try JSONSerialization.jsonObject(with: Data(alone.output.utf8))
      #expect((answer["answer"] as? NSObject) == (expected as? NSObject), "\(arguments)")
      #expect(answer["status"] as? Int == Int(alone.status))
    }
    #expect(lines[1].hasPrefix("{\"id\":2,"), "\(lines[1].prefix(40))")
  }

  @Test(
    "A request that is wrong is answered, and the next one too",
    arguments: [
      ("garbage", "request:1:1"),
      ("[1]", "expected an object"),
      ("{\"id\": 7, \"command\": [\"frob\"]}", "command begins with one of advise"),
      ("{\"id\": 7, \"command\": []}", "command begins with one of advise"),
      ("{\"id\": 7, \"words\": []}", "a request has id and command"),
      ("{\"id\": 7, \"command\": [\"advise\", \"-\"]}", "standard input is the requests' own"),
      ("{\"id\": 7, \"command\": [\"cmdline\", \"--promise=x\"]}", "no file is written"),
      ("{\"id\": 7, \"command\": [\"cmdline\", \"-ox\"]}", "no file is written"),
      (
        "{\"id\": 7, \"command\": [\"check\", \".\", \"--output\", \"json=x\"]}",
        "no file is written"
      ),
      ("{\"id\": 7, \"command\": [\"advise\", \"--want\", \"much\"]}", "--want takes max"),
      ("{\"id\": 7, \"command\": [\"advise\", \"nowhere\"]}", "no such file or directory"),
    ]
  )
  func refusals(_ request: String, _ reason: String) throws {
    let lines = try served(request + "\n{\"id\": 8, \"command\": [\"blocks\", \"\(Self.host)\"]}\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains(reason), "\(lines[0])")
    #expect(lines[0].hasSuffix("\"answer\":null}"), "\(lines[0])")
    if request.contains("\"id\": 7, \"command\"") {
      #expect(lines[0].hasPrefix("{\"id\":7,"), "\(lines[0])")
    }
    #expect(lines[1].hasPrefix("{\"id\":8,\"status\":0,\"error\":null,\"answer\":{"))
  }

  @Test("The Python client asks, is answered, and is told of errors", .needs("python3"))
  func python() throws {
    let client = Fixtures.checkout.appending(path: "Integrations/python").path
    let script = """
      import sys
      sys.path.insert(0, sys.argv[1])
      from zonewise import Zonewise, ZonewiseError
      with Zonewise(sys.argv[2]) as zonewise:
          print(zonewise.ask("advise", sys.argv[3])["current"]["verdict"])
          zonewise.ask("advise", sys.argv[3], "--fail-on", "note")
          print(zonewise.status)
          try:
              zonewise.ask("advise", "nowhere")
          except ZonewiseError as error:
              print(error.status, error)
      try:
          zonewise.ask("blocks")
      except ZonewiseError as error:
          print(error.status)
      """
    let run = try ProgramRun(
      [
        "python3", "-B", "-c", script, client, CommandRun.executable.path,
        "6.12-node-without-kernel-memory",
      ],
      in: CommandRun.roots
    )
    #expect(
      run.text == "imbalanced\n1\n2 zonewise: nowhere: no such file or directory\n70\n",
      "\(run.text)\(run.errors)"
    )
  }
}
