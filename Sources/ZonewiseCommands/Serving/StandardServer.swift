internal import Glibc
internal import SourceText
internal import SystemIO

/// Answers requests on standard input, a line for a line.
struct StandardServer {
  /// Longer than any request is.
  private static let longestLine = 1 << 20

  func run() throws {
    var pending: [UInt8] = []
    var number = 0
    var isAtEnd = false
    while !isAtEnd {
      do throws(ReadFailure) {
        isAtEnd = try FileSystem.readChunk(STDIN_FILENO, room: 1 << 16, appendingTo: &pending) == 0
      } catch {
        throw ExitStatus.notJudged.error
      }
      while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        answer(Array(pending[..<end]), number)
        pending.removeFirst(end + 1)
      }
      guard pending.count <= Self.longestLine else {
        Console.report("request \(number + 1) is longer than \(Self.longestLine >> 20) MiB")
        throw ExitStatus.usage.error
      }
    }
    // The last line may lack its newline.
    if !pending.isEmpty { answer(pending, number + 1) }
  }

  private func answer(_ line: [UInt8], _ number: Int) {
    guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { return }
    var id: UInt64?
    do throws(LocatedError) {
      let request = try ServeRequest(line: line, number: number, id: &id)
      let said = CommandAnswer.of(request.words + ["--format", "json"])
      Self.write(request.id, said.status, error: said.errors, answer: said.output)
    } catch {
      Self.write(id, ExitStatus.usage.rawValue, error: "\(error)", answer: [])
    }
  }

  private static func write(_ id: UInt64?, _ status: Int32, error: String, answer: [UInt8]) {
    var writer = JSONWriter(pretty: false)
    writer.object { writer in
      writer.number("id", id)
      writer.number("status", Int64(status))
      writer.string("error", error.isEmpty ? nil : trimmed(error))
      if answer.isEmpty { writer.null("answer") } else { writer.key("answer") }
    }
    var line = writer.bytes
    if !answer.isEmpty {
      // The value of the last key, in front of the bracket that ends the object.
      line.removeLast()
      line += compact(answer) + [UInt8(ascii: "}")]
    }
    Console.write(line + [UInt8(ascii: "\n")])
  }

  private static func trimmed(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: "\n")
  }

  /// JSON without line breaks and what indents lines; in a text such a break is written `\n`.
  private static func compact(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(json.count)
    var isIndent = false
    for byte in json {
      if byte == UInt8(ascii: "\n") {
        isIndent = true
      } else if !isIndent || byte != UInt8(ascii: " ") {
        isIndent = false
        result.append(byte)
      }
    }
    return result
  }
}
