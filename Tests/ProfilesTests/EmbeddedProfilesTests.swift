internal import Advice
internal import Profiles
internal import Testing

@Suite("Profiles that come with zonewise")
struct EmbeddedProfilesTests {
  @Test(
    "are valid, named after their file, and give a reason for their numbers",
    arguments: EmbeddedProfiles.names
  )
  func valid(name: String) throws {
    let profile = try #require(try EmbeddedProfiles.profile(name))
    #expect(profile.name == name)
    #expect(!profile.rationale.isEmpty)
    #expect(!profile.references.isEmpty)
  }
}
