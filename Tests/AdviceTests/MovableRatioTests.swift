internal import Advice
internal import HostModel
internal import Testing

@Suite("Ratios")
struct MovableRatioTests {
  @Test("are compared exactly, however large", arguments: [UInt64(1), 1 << 31, 1 << 62])
  func comparison(scale: UInt64) {
    let small = MovableRatio(movable: 3 * (scale / 2 + 1), kernel: scale / 2 + 1)
    #expect(small == small)
    #expect(small < MovableRatio(movable: 4, kernel: 1))
    #expect(MovableRatio(movable: 2, kernel: 1) < small)
  }

  @Test("read what people write", arguments: [("3:1", 3.0), ("2.5:1", 2.5), ("7:2", 3.5)])
  func parsing(text: String, number: Double) throws {
    let ratio = try #require(MovableRatio(text: text))
    #expect(ratio.number == number)
  }

  @Test("refuse what is none", arguments: ["", "3", "3:", ":1", "3:0", "a:1", "3:1:1", "-3:1"])
  func refusal(text: String) {
    #expect(MovableRatio(text: text) == nil)
  }
}
