internal import Advice
internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import Reports

extension FuzzKind {
  /// Whole hosts, from their bytes to every answer.
  static let hosts: [FuzzKind] = [
    FuzzKind(name: "bundle") { bytes in
      guard let bundle = try? BundleSource(bytes, path: "-", name: "bundle") else { return }
      _ = try? HostCollector.collect(from: bundle)
      _ = try? bundle.names(in: "/sys/devices/system/node")
    },
    FuzzKind(name: "archive") { bytes in
      let path = MemoryFile.path(of: bytes)
      var limits = ArchiveLimits()
      // Enough for what is reached, and soon reached.
      limits.entries = 1000
      limits.unpacked = 8 << 20
      limits.kept = 1 << 20
      guard case .host(let source) = try? SourceFinder.find(path, limits: limits) else { return }
      _ = try? HostCollector.collect(from: source)
      _ = SourceFinder.content(ofArchive: path)
    },
    FuzzKind(name: "source") { bytes in
      let reader = SourceReader(MemoryFile.path(of: bytes), stated: .init())
      _ = try? reader.machines(for: .use, text: { _ in true }) { found in
        guard let profile, let machine = try? found.get() else { return }
        for member in machine.members {
          answer(member.snapshot, profile)
        }
      }
    },
  ]

  private static let profile = try? EmbeddedProfiles.profile("general")

  private static func answer(_ snapshot: HostSnapshot, _ profile: Profile) {
    let assessment = try? Advisor.assess(
      snapshot,
      profile: profile,
      chosenBy: .default,
      wish: .max,
      needing: [MemoryNeed(.pinned(.gibibytes(1)))]
    )
    guard let assessment else { return }
    _ = AssessmentText.render(assessment, style: TextStyle(isVerbose: true))
    _ = AssessmentJSON.render(assessment)
  }
}
