internal import BootArguments
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports
internal import Serving
internal import SourceText
internal import SystemIO

/// Answers the page's requests: its own files, and what commands print.
struct PageServer: Sendable {
  let gate: ServeGate
  let sources: ServedSources
  private let answers = AnswerMemory()

  init(gate: ServeGate, sources: ServedSources) {
    self.gate = gate
    self.sources = sources
  }

  func answer(_ request: HTTPListener.Request) -> HTTPListener.Answer {
    var answer =
      switch gate.path(request.path, host: request.host) {
      case .failure(.foreignName): HTTPListener.Answer.text(403, "this is not the name I serve")
      case .failure(.unknownPath): HTTPListener.Answer.text(404, "nothing is here")
      case .success(let path): self.answer(path, query: request.query)
      }
    answer.headers += ServedHeaders.all
    return answer
  }

  private func answer(_ path: String, query: String) -> HTTPListener.Answer {
    if let file = ServedFile.named(path) {
      return HTTPListener.Answer(200, type: file.type, Array(file.text.utf8))
    }
    guard path.hasSuffix(".json") else { return .text(404, "nothing is here") }
    let name = path.dropLast(".json".count)
    do throws(QueryText.Mistake) {
      switch name {
      case "about": return Self.json(about())
      case "results":
        guard let results = sources.results else { return .text(404, "no results are served") }
        return HTTPListener.Answer(200, type: "application/x-ndjson", results)
      case "again":
        ServedMachines.memory?.forget()
        answers.forget()
        return Self.json(Array("{}\n".utf8))
      case "machine":
        let state = try WhatIfState(query: query)
        try check(state, isOfAll: false)
        return machine(state)
      default:
        guard let question = WhatIfState.Question(rawValue: String(name)) else {
          return .text(404, "nothing is here")
        }
        let state = try WhatIfState(query: query)
        try check(state, isOfAll: question.isOfAll)
        return answer(state.words(question, of: sources.paths))
      }
    } catch {
      return Self.failure(400, status: ExitStatus.usage.rawValue, "\(error)")
    }
  }

  /// Refuses hosts that nobody served, and profiles that are files.
  private func check(_ state: WhatIfState, isOfAll: Bool) throws(QueryText.Mistake) {
    guard isOfAll || sources.has(state.host) else {
      throw QueryText.Mistake("no such host is served")
    }
    for name in state[.profile] where name != "suggest" && !EmbeddedProfiles.names.contains(name) {
      throw QueryText.Mistake("profile takes one that comes with zonewise")
    }
  }

  /// What a command prints, byte for byte.
  private func answer(_ words: [String]) -> HTTPListener.Answer {
    if let kept = answers.find(words) { return kept }
    let said = CommandAnswer.of(words)
    var answer =
      said.output.isEmpty
      ? Self.failure(200, status: said.status, said.errors) : Self.json(said.output)
    answer.headers = [
      ("Zonewise-Status", "\(said.status)"),
      ("Zonewise-Command", QueryText.encoded(WhatIfState.shell(words))),
    ]
    answers.keep(answer, to: words)
    return answer
  }

  // MARK: Not a command's

  private func machine(_ state: WhatIfState) -> HTTPListener.Answer {
    do {
      let reader = SourceReader(
        state.host.isEmpty ? nil : state.host,
        stated: BootLayoutInputs.Overrides(),
        memory: ServedMachines.memory
      )
      let machine = try reader.machine(for: .use, command: "serve")
      guard let member = machine.newest else {
        throw NothingJudged(message: "\(machine.name): no kernel")
      }
      return Self.json(MachineJSON.render(member.snapshot))
    } catch let failure as any CommandFailure {
      return Self.failure(200, status: failure.status.rawValue, failure.reported)
    } catch {
      return Self.failure(500, status: ExitStatus.defect.rawValue, "\(error)")
    }
  }

  /// What the page offers.
  private func about() -> [UInt8] {
    var writer = JSONWriter(pretty: false)
    writer.object { root in
      root.string("version", ToolVersion.current)
      root.strings("sources", sources.paths)
      root.bool("fleet", sources.isFleet)
      root.bool("results", sources.results != nil)
      root.strings("profiles", EmbeddedProfiles.names)
      root.strings("terms", TermID.measurable.map(\.id))
      root.strings("devices", ["dimm", "virtio-mem", "cxl", "block"])
      root.strings("kernels", SourcesRead.all.map { "\($0)" })
      root.array("targets", BootTargets.all) { list, target in
        list.object {
          $0.string("name", target.name)
          $0.string("title", target.title)
          $0.string("place", target.place)
        }
      }
    }
    return writer.bytes
  }

  private static func json(_ bytes: [UInt8]) -> HTTPListener.Answer {
    HTTPListener.Answer(200, type: "application/json", bytes)
  }

  /// A command that fails has answered: a browser's console would call another code a fault of the page.
  private static func failure(
    _ code: Int,
    status: Int32,
    _ message: String
  ) -> HTTPListener.Answer {
    var writer = JSONWriter(pretty: false)
    writer.object {
      $0.number("status", Int64(status))
      $0.string("error", message)
    }
    return HTTPListener.Answer(code, type: "application/problem+json", writer.bytes)
  }
}
