package import Advice
package import History
internal import HostCollection
package import HostModel
internal import KernelBehavior
package import Profiles

/// Captures and bundles of hosts, each of a moment, put together to histories.
package struct CaptureSeries: Sendable {
  private let workload: Workload
  private var histories: [String: HostHistory] = [:]
  private var order: [String] = []
  private var last: [String: (time: Int64, assessment: Assessment)] = [:]
  /// Captures that could not be judged, one line each.
  package private(set) var failures: [String] = []

  /// The last state of more hosts than that is not kept: it is large.
  private static let mostStates = 256

  /// 1 January 1990: Linux is younger.
  private static let firstTime: Int64 = 631_152_000

  package init(_ workload: Workload) { self.workload = workload }

  package var isEmpty: Bool { order.isEmpty }

  /// Takes in a host as it stood at some time.
  ///
  /// - Parameters:
  ///   - snapshot: What was read.
  ///   - time: When, as the source tells.
  ///   - fileTime: When the file was changed last, where the source does not tell.
  ///   - place: For a message.
  package mutating func add(
    _ snapshot: HostSnapshot,
    taken time: Int64?,
    fileTime: Int64?,
    place: String
  ) {
    // Archives that keep no times unpack into files of 1970, and clocks that were never set tell it.
    guard let when = time ?? fileTime, when >= Self.firstTime else {
      failures.append(
        "\(place): nothing tells when it was taken; zonewise capture writes that down"
      )
      return
    }
    let name = snapshot.hostName.value ?? place
    let (profile, choice) = workload.profile(for: snapshot)
    let assessment: Assessment
    do throws(AssessmentError) {
      assessment = try Advisor.assess(snapshot, profile: profile, chosenBy: choice)
    } catch {
      failures.append("\(place): \(error.input): \(error.reason)")
      return
    }
    if histories[name] == nil {
      histories[name] = HostHistory(host: name)
      order.append(name)
    }
    histories[name]?.append(assessment, at: when)
    if time == nil {
      let note = "times are those of the files: what was read does not tell when it was taken"
      if histories[name]?.notes.contains(note) == false { histories[name]?.notes.append(note) }
    }
    guard order.count <= Self.mostStates || last[name] != nil else { return }
    if let known = last[name], known.time > when { return }
    last[name] = (when, assessment)
  }

  /// Says that a capture could not be read.
  package mutating func failed(_ line: String) { failures.append(line) }

  /// The hosts, each with the state that it was in last.
  package func hosts() -> [(history: HostHistory, state: Assessment?)] {
    order.compactMap { name in
      histories[name].map { ($0, last[name]?.assessment) }
    }
  }
}
