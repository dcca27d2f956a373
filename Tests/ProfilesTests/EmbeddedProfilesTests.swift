internal import Advice
internal import HostModel
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
    #expect(!profile.references.isEmpty)
    for term in profile.growth.keys {
      #expect(profile.rationale.contains { $0.hasPrefix(term.id + ": ") })
    }
    for plan in profile.planned {
      #expect(profile.rationale.contains { $0.hasPrefix("planned \(plan.name): ") })
    }
  }

  @Test("are the nineteen that are promised")
  func names() {
    #expect(
      EmbeddedProfiles.names == [
        "cxl-pool", "database-hugepages", "debug-kernel-kasan", "dpdk", "file-mmap-heavy",
        "general", "gpu-coherent-nodes", "hyper-v-guest", "in-memory-cache", "kubernetes-node",
        "kvm-host-vfio", "kvm-host", "pmem-dax-host", "rdma-hpc", "swap-heavy", "vm-guest-dimm",
        "vm-guest-virtio-mem", "vmware-guest", "xen-guest",
      ]
    )
  }

  @Test(
    "can be suggested, and none by a tenth of what speaks for it",
    arguments: EmbeddedProfiles.names.filter { $0 != "general" }
  )
  func selectors(name: String) throws {
    let profile = try #require(try EmbeddedProfiles.profile(name))
    let all = profile.selectors.reduce(0) { $0 + $1.points }
    #expect(all >= ProfileSuggester.threshold, "its facts together are worth \(all)")
  }

  @Test("keep what they extend, and replace what they name")
  func inheritance() throws {
    let general = try #require(try EmbeddedProfiles.profile("general"))
    let cache = try #require(try EmbeddedProfiles.profile("in-memory-cache"))
    #expect(cache.limits == general.limits)
    #expect(cache.growth[.percpu] == general.growth[.percpu])
    #expect(cache.growth[.pageTables]?.floorShare == Profile.Share(1, 256))
    #expect(cache.rationale.count { $0.hasPrefix("page-tables: ") } == 1)
    // The reason for choosing `general` is not its heirs'.
    #expect(!cache.rationale.contains { $0.hasPrefix("Chosen where") })
  }
}
