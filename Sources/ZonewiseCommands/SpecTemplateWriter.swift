internal import Advice
internal import ArgumentParser
internal import FleetCheck
internal import HostCollection
internal import HostModel
internal import MachineSpec
internal import Profiles

/// `zonewise check --init`: a spec to begin with, made from a host.
enum SpecTemplateWriter {
  static func write(from path: String?) throws {
    let snapshot = try SourceFinder.find(path).snapshot()
    let best = ProfileSuggester.best(try ProfileStore.all(), for: snapshot)
    Console.write(try SpecTemplate.text(snapshot, profile: best?.profile.name ?? "general"))
  }
}
