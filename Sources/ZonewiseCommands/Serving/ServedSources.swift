internal import Capacity
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import SystemIO

/// What `serve` was given, and what of it may be asked about.
struct ServedSources: Sendable {
  /// As commands take them; none for this host.
  let paths: [String]
  /// Whether there are several hosts.
  let isFleet: Bool
  /// Lines that `zonewise fleet` printed: judged already, and nothing more can be asked about them.
  let results: [UInt8]?

  private static let largestResults = 512 << 20

  /// Looks at what was given: a directory that is no host stands for what lies in it.
  init(_ given: [String]) throws {
    if given.count == 1, let first = given.first, try Self.holdsResults(first) {
      paths = given
      isFleet = true
      results = try InputFile.bytes(first, limit: Self.largestResults)
      return
    }
    var all: [String] = []
    for path in given {
      guard FileSystem.isDirectory(path), !Self.isHost(path) else {
        all.append(path)
        continue
      }
      let folder = path.hasSuffix("/") ? path : path + "/"
      let names: [String]
      do throws(ReadFailure) { names = try FileSystem.names(in: path) } catch {
        throw NothingJudged(message: "\(path): \(error)")
      }
      all += names.filter { !$0.hasPrefix(".") }.sorted().map { folder + $0 }
    }
    guard !all.isEmpty || given.isEmpty else {
      throw NothingJudged(message: "\(given.joined(separator: " ")): nothing in it to serve")
    }
    paths = all
    results = nil
    isFleet = try all.count > 1 || Self.holdsSeveral(all.first)
  }

  private static func isHost(_ path: String) -> Bool {
    (try? SourceFinder.find(path)) != nil
  }

  private static func holdsSeveral(_ path: String?) throws -> Bool {
    guard let path else { return false }
    let reader = SourceReader(path, stated: .init())
    var count = 0
    return try reader.machines(for: .identity) { _ in count += 1 } && count > 1
  }

  /// Whether a file's first line is a result of `zonewise fleet`.
  private static func holdsResults(_ path: String) throws -> Bool {
    guard FileSystem.isRegularFile(path) else { return false }
    let start = Array("{\"source\":".utf8)
    var head: [UInt8] = []
    do throws(ReadFailure) {
      let reader = try ChunkReader(path)
      while head.count < start.count, try reader.more(room: 4096, appendingTo: &head) {}
    } catch {
      return false
    }
    return head.starts(with: start)
  }

  /// Whether a host may be asked about: one that was given, or a line or class of it.
  func has(_ host: String) -> Bool {
    if host.isEmpty { return paths.isEmpty }
    guard results == nil else { return false }
    if paths.contains(host) { return true }
    if let mark = host.lastIndex(of: ":"), Int(host[host.index(after: mark)...]) != nil,
      paths.contains(String(host[..<mark]))
    {
      return true
    }
    guard let mark = host.lastIndex(of: "#") else { return false }
    return paths.contains(String(host[..<mark]))
  }
}
