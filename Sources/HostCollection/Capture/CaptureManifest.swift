internal import HostModel
internal import SourceText
internal import SystemIO

/// What a capture says about itself, in a file of words and values that a shell can write:
///
///     zonewise-capture 1
///     tool zonewise 0.1.0
///     kernel 6.12.107
///     machine x86_64
///     taken 2026-11-23T10:34:47Z
///     redacted no
///     unreadable /proc/pagetypeinfo: permission denied
///
/// A bundle says the same in its first members.
struct CaptureManifest {
  /// The folder in a capture that holds what is not the host's.
  static let folder: Substring = "zonewise"
  static let path = "/zonewise/manifest"
  static let firstLine = "zonewise-capture 1"

  var tool: String
  var kernel: String?
  var machine: String?
  /// UTC, as ISO 8601 writes it.
  var taken: String
  /// What kind of source it was taken of.
  var from: SourceDescription.Kind
  var isRedacted: Bool
  /// Whether what advice never needs was left out.
  var isSlim: Bool
  /// Files that are there and could not be read.
  var unreadable: [(path: String, reason: String)]

  var text: String {
    var lines = [Self.firstLine, "tool \(tool)"]
    if let kernel { lines.append("kernel \(kernel)") }
    if let machine { lines.append("machine \(machine)") }
    lines.append("taken \(taken)")
    lines.append("redacted \(isRedacted ? "yes" : "no")")
    if isSlim { lines.append("slim yes") }
    lines += unreadable.map { "unreadable \($0.path): \($0.reason)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// When a capture was taken, as its manifest's bytes tell.
  static func taken(in manifest: [UInt8]) -> Int64? {
    let lines = String(decoding: manifest, as: UTF8.self).split(separator: "\n")
    guard lines.first ?? "" == firstLine,
      let line = lines.first(where: { $0.hasPrefix("taken ") })
    else { return nil }
    return CivilTime(text: line.dropFirst("taken ".count))?.seconds
  }

  /// Gives a capture's tree back what only its manifest knows.
  static func apply(to tree: inout ArchiveTree) {
    var buffer: [UInt8] = []
    guard (try? tree.read(path, into: &buffer, limit: 4 << 20)) != nil else { return }
    let lines = String(decoding: buffer, as: UTF8.self).split(separator: "\n")
    guard lines.first ?? "" == firstLine else { return }
    for line in lines.dropFirst() {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      if words[0] == "machine", tree[HostInput.architecture.path] == nil {
        tree.add(HostInput.architecture.path, text: "\(words[1])\n")
      } else if words[0] == "unreadable", let colon = words[1].firstRange(of: ": ") {
        let path = String(words[1][..<colon.lowerBound])
        let reason = String(words[1][colon.upperBound...])
        guard tree[path] == nil, path.hasPrefix("/") else { continue }
        let failure: ReadFailure =
          reason == ReadFailure.denied.description ? .denied : .failed(reason)
        tree.add(path, .failure(failure))
      }
    }
  }
}
