internal import SourceText
internal import Testing

@Suite("moments in UTC")
struct CivilTimeTests {
  @Test(
    "Seconds are counted from 1970, both ways",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_795_430_087, "2026-11-23T10:34:47Z"), (-1, "1969-12-31T23:59:59Z"),
      (253_402_300_799, "9999-12-31T23:59:59Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
    ]
  )
  func both(seconds: Int64, text: String) throws {
    #expect(CivilTime(seconds: seconds).timestamp == text)
    #expect(try #require(CivilTime(text: text)).seconds == seconds)
  }

  @Test("A day alone stands for its first second")
  func day() {
    #expect(CivilTime(text: "2024-02-29")?.timestamp == "2024-02-29T00:00:00Z")
  }

  @Test(
    "What is no moment is none",
    arguments: [
      "", "2026", "2026-11-31", "2023-02-29", "2026-13-01", "2026-00-10", "2026-11-23T24:00:00Z",
      "2026-11-23T10:34:47+01:00", "2026-11-23T10:34", "####-##-##",
    ]
  )
  func none(text: String) { #expect(CivilTime(text: text) == nil) }
}
