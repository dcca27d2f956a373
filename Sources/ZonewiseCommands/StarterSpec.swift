internal import Advice
internal import ArgumentParser
internal import FleetCheck
internal import HostCollection
internal import HostModel
internal import MachineSpec
internal import Profiles

/// `zonewise check --init`: a spec to begin with, made from a host.
enum StarterSpec {
  static func write(from path: String?) throws {
    let snapshot: HostSnapshot
    do throws(CollectionError) {
      switch try SourceFinder.find(path) {
      case .host(let source): snapshot = try HostCollector.collect(from: source)
      case .snapshot(let found): snapshot = found
      case .oomLog, .bootLog:
        throw .otherKind(path: path ?? "", what: "a log: --init takes a host or a capture")
      }
    } catch {
      Console.report(error.description)
      throw ExitStatus.notJudged.error
    }
    let best = ProfileSuggester.best(try ProfileStore.all(), for: snapshot)
    do throws(NotJudged) {
      Console.write(try SpecStarter.text(snapshot, profile: best?.profile.name ?? "general"))
    } catch {
      Console.report("\(error.input): \(error.reason)")
      throw ExitStatus.notJudged.error
    }
  }
}
