internal import HostCollection
internal import HostModel
internal import Synchronization
internal import SystemIO
internal import TestSupport

/// A recorded host that is taken for a running one, and whose files fail as they are told to.
final class FaultySource: HostSource {
  /// What becomes of a read or a listing; nil where nothing does.
  typealias Fault = @Sendable (_ path: String, _ time: Int) -> Outcome?

  enum Outcome {
    case failure(ReadFailure)
    case bytes([UInt8])
    case names([String])
  }

  let description: SourceDescription
  private let base: DirectoryRoot
  private let fault: Fault
  private let times = Mutex<[String: Int]>([:])

  /// `fault` is asked with how often the path was read before.
  init(_ root: String, kind: SourceDescription.Kind = .live, fault: @escaping Fault) throws {
    guard let base = DirectoryRoot(path: root) else { throw ReadFailure.missing }
    self.base = base
    description = SourceDescription(kind: kind, path: "")
    self.fault = fault
  }

  private func outcome(_ path: String) -> Outcome? {
    let time = times.withLock { times in
      defer { times[path, default: 0] += 1 }
      return times[path] ?? 0
    }
    return fault(path, time)
  }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    switch outcome(path) {
    case .failure(let failure): throw failure
    case .bytes(let bytes): buffer = bytes
    case .names, nil: try base.read(path, limit: limit, into: &buffer)
    }
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    switch outcome(directory) {
    case .failure(let failure): throw failure
    case .names(let names): return names
    case .bytes, nil: return try base.names(in: directory)
    }
  }

  /// What the base has at a path.
  func bytes(_ path: String) throws(ReadFailure) -> [UInt8] {
    var buffer: [UInt8] = []
    try base.read(path, limit: 64 << 20, into: &buffer)
    return buffer
  }
}
