public import Foundation

/// A boot that the lab recorded: its log, and the zones that its kernel made (Tests/Fixtures/Lab).
public struct LabBoot: Sendable, CustomStringConvertible {
  /// A populated zone in /proc/zoneinfo, in pages.
  public struct Zone: Hashable, Sendable {
    /// Its node.
    public var node: UInt32
    /// The kernel's word, such as `DMA32`.
    public var name: String
    /// `start_pfn`.
    public var start: UInt64
    /// Frames from its first to its last page.
    public var spanned: UInt64
    /// Frames that have RAM.
    public var present: UInt64

    /// A zone by its numbers.
    public init(node: UInt32, name: String, start: UInt64, spanned: UInt64, present: UInt64) {
      self.node = node
      self.name = name
      self.start = start
      self.spanned = spanned
      self.present = present
    }
  }

  /// A file that has not what every recorded boot has.
  public struct Broken: Error {
    /// The file, and what it says.
    public var what: String
  }

  /// Where its files are.
  public let folder: URL

  /// Its name: kernel series, shape and command line.
  public var description: String { folder.lastPathComponent }

  /// Every recorded boot.
  public static let all: [LabBoot] = Fixtures.names(in: "Lab").flatMap { series in
    Fixtures.names(in: "Lab/\(series)").map { LabBoot(folder: Fixtures.url("Lab/\(series)/\($0)")) }
  }

  /// Where the host's own files are, if they were kept.
  public var root: String? {
    let path = folder.appending(path: "root").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The machine's memory without what was asked of it: boots of one shape differ by their command
  /// lines alone.
  public var shape: String {
    let series = folder.deletingLastPathComponent().lastPathComponent
    let name = description.dropFirst(series.count + 1)
    return "\(series)-\(name.prefix { $0 != "-" })"
  }

  /// The bytes of its log.
  public func log() throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "boot.log")))
  }

  /// One of the facts beside the zones, such as `page_size`.
  public func fact(_ name: String) throws -> String? {
    try table("facts.tsv").first { $0.first == name }?.last
  }

  /// The zones that /proc/zoneinfo showed.
  public func zones() throws -> Set<Zone> {
    Set(try table("zones.tsv").dropFirst().map(Self.zone))
  }

  private static func zone(_ row: [String]) throws -> Zone {
    guard row.count >= 5, let node = UInt32(row[0]), let start = UInt64(row[2]),
      let spanned = UInt64(row[3]), let present = UInt64(row[4])
    else { throw Broken(what: "zones.tsv: \(row)") }
    return Zone(node: node, name: row[1], start: start, spanned: spanned, present: present)
  }

  private func table(_ name: String) throws -> [[String]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
