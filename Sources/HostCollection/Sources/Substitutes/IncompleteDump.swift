internal import HostModel
internal import SystemIO

/// A dump that lacks files, and what was found to stand in for them.
struct IncompleteDump {
  let base: any HostSource
  private(set) var overlay = ArchiveTree()
  private(set) var substitutes: [Substitute]

  init(_ base: any HostSource) {
    self.base = base
    substitutes = base.substitutes
  }

  // MARK: Looking

  /// The text of one of the dump's own files; nil where it is missing or empty.
  func text(_ path: String) -> String? {
    var buffer: [UInt8] = []
    guard (try? base.read(path, limit: 16 << 20, into: &buffer)) != nil, !buffer.isEmpty else {
      return nil
    }
    return String(decoding: buffer, as: UTF8.self)
  }

  /// The text that stands in for a file.
  func substitute(_ path: String) -> String? {
    var buffer: [UInt8] = []
    guard (try? overlay.read(path, into: &buffer, limit: 1 << 20)) != nil else { return nil }
    return String(decoding: buffer, as: UTF8.self)
  }

  func isMissing(_ path: String) -> Bool {
    var buffer: [UInt8] = []
    do throws(ReadFailure) {
      try base.read(path, limit: 64 << 20, into: &buffer)
      return false
    } catch {
      return error == .missing
    }
  }

  func isUnlisted(_ directory: String) -> Bool {
    do throws(ReadFailure) {
      _ = try base.names(in: directory)
      return false
    } catch {
      return error == .missing
    }
  }

  /// Where outputs stand that were pasted beside files.
  static let pasted = "/pasted"

  /// The output of a command, from where sos, insights and supportconfig put it.
  func output(of command: String) -> (text: String, path: String)? {
    for folder in [
      "", "/memory", "/numa", "/kernel", "/host", "/general", "/boot", "/cxl", "/pmem",
    ] {
      for top in ["/sos_commands", "/insights_commands", Self.pasted] {
        let path = top + folder
        guard let names = try? base.names(in: path) else { continue }
        for name in names.sorted() where name == command || name.hasPrefix(command + "_") {
          if let text = text(path + "/" + name) {
            return (text, String(path.dropFirst()) + "/" + name)
          }
        }
      }
    }
    return nil
  }

  // MARK: Adding

  /// Adds a file, and names what it comes from.
  mutating func add(_ path: String, _ text: String, from: String) {
    add(path, text)
    use(from, for: path)
  }

  /// Adds one of several files that come from the same output; `use` names it once.
  mutating func add(_ path: String, _ text: String) { overlay.add(path, text: text) }

  mutating func addFolder(_ path: String) { overlay.add(path, .directory) }

  /// Says that a file of the dump stands in for an input.
  mutating func use(_ file: String, for input: String) {
    substitutes.append(Substitute(input: input, from: file))
  }

  /// Everything that was added, ready to be read.
  consuming func finished() -> (overlay: ArchiveTree, substitutes: [Substitute]) {
    overlay.index()
    return (overlay, substitutes)
  }
}
