internal import HostModel
internal import Testing

@Suite("Sizes")
struct ByteCountTests {
  @Test(
    "are read as people write them",
    arguments: [
      ("512MiB", 512 << 20), ("16G", 16 << 30), ("1.5GiB", 3 << 29), ("4096", 4096), ("0", 0),
    ] as [(String, UInt64)]
  )
  func parsing(text: String, bytes: UInt64) {
    #expect(ByteCount(text: text) == ByteCount(bytes))
  }

  @Test(
    "are refused where they are none",
    arguments: ["", "G", "-1G", "1.G", "1..5G", "99999999P", "1.3B"]
  )
  func refusal(text: String) {
    #expect(ByteCount(text: text) == nil)
  }
}
