internal import HostModel
internal import Testing

@Suite("Kernel versions")
struct KernelVersionTests {
  @Test(
    "A distribution's banner tells the stable release that its own release hides",
    arguments: [
      (
        "5.10.0-46-cloud-amd64",
        "Linux version 5.10.0-46-cloud-amd64 (b@d) (gcc) #1 SMP Debian 5.10.259-1 (2026-05-01)", 259
      ),
      (
        "5.15.0-91-generic",
        "Linux version 5.15.0-91-generic (b@u) (gcc (Ubuntu 11.4.0) 11.4.0) #101-Ubuntu SMP "
          + "(Ubuntu 5.15.0-91.101-generic 5.15.131)", 131
      ),
      ("4.18.0-553.el8.x86_64", "Linux version 4.18.0-553.el8.x86_64 (m@r) #1 SMP", 0),
      ("6.12.107", "Linux version 6.12.107 (x) #1 SMP Debian 6.12.99-1", 107),
    ]
  )
  func banner(release: String, banner: String, patch: Int) throws {
    let version = try #require(KernelVersion(release: release)).refined(by: banner)
    #expect(version.releaseNumber.patch == patch)
    #expect(version.release == release)
  }

  @Test("Two builds of one release are two versions with one place in the order of releases")
  func identity() throws {
    let first = try #require(KernelVersion(release: "6.12.107-1-amd64"))
    let second = try #require(KernelVersion(release: "6.12.107-2-amd64"))
    #expect(first != second)
    #expect(Set([first, second]).count == 2)
    #expect(first.releaseNumber == second.releaseNumber)
    #expect(!(first.releaseNumber < second.releaseNumber))
  }

  @Test(
    "Releases are ordered by their numbers, not by their text",
    arguments: [("6.9", "6.12"), ("5.19.17", "6.0"), ("6.12", "6.12.1"), ("6.12.9", "6.12.10")]
  )
  func order(older: String, newer: String) throws {
    let first = try #require(KernelVersion(release: older)).releaseNumber
    let second = try #require(KernelVersion(release: newer)).releaseNumber
    #expect(first < second)
    #expect(!(second < first))
    #expect(first != second)
  }
}
