internal import HostModel
internal import Synchronization
internal import SystemIO

/// Passes every read on to another source and keeps what came back.
final class CaptureRecorder: HostSource {
  struct Record {
    var files: [String: [UInt8]] = [:]
    var failures: [String: ReadFailure] = [:]
    var listings: [String: [String]] = [:]
  }

  private let base: any HostSource
  private let record = Mutex(Record())

  init(_ base: any HostSource) { self.base = base }

  var description: SourceDescription { base.description }
  var substitutes: [Substitute] { base.substitutes }
  var taken: Int64? { base.taken }
  func nodes() -> [LibNUMA.Node]? { base.nodes() }
  func displayPath(_ path: String) -> String { base.displayPath(path) }

  func read(_ path: String, limit: Int, into buffer: inout [UInt8]) throws(ReadFailure) {
    do throws(ReadFailure) {
      try base.read(path, limit: limit, into: &buffer)
    } catch {
      record.withLock {
        $0.failures[path] = error
        $0.files[path] = nil
      }
      throw error
    }
    let bytes = buffer
    record.withLock {
      $0.files[path] = bytes
      $0.failures[path] = nil
    }
  }

  func names(in directory: String) throws(ReadFailure) -> [String] {
    do throws(ReadFailure) {
      let names = try base.names(in: directory)
      record.withLock {
        $0.listings[directory] = names
        $0.failures[directory] = nil
      }
      return names
    } catch {
      record.withLock {
        $0.failures[directory] = error
        $0.listings[directory] = nil
      }
      throw error
    }
  }

  var result: Record { record.withLock { $0 } }
}
