internal import Foundation
internal import SystemIO
internal import Testing

@Suite("Pieces of a file")
struct RandomAccessFileTests {
  @Test("are read in any order, and are short where the file ends in them")
  func pieces() throws {
    let url = URL.temporaryDirectory.appending(path: "zonewise-pieces-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data("0123456789".utf8).write(to: url)
    let file = try RandomAccessFile(url.path())
    #expect(file.size == 10)
    #expect(try file.bytes(in: 7..<9) == Array("78".utf8))
    #expect(try file.bytes(in: 0..<3) == Array("012".utf8))
    #expect(try file.bytes(in: 8..<20) == Array("89".utf8))
    #expect(try file.bytes(in: 4..<4).isEmpty)
  }

  @Test("are of regular files only", arguments: ["/dev/null", "/", "/nowhere"])
  func others(path: String) {
    #expect(throws: ReadFailure.self) { try RandomAccessFile(path) }
  }
}
