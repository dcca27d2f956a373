internal import SourceText
internal import Yams

/// cloud-init user data, with the files for GRUB that it writes.
struct CloudConfig {
  let text: YAMLText

  /// An item of `write_files` with the drop-in.
  static func file(_ content: String, indent: Int) -> String {
    let lead = String(repeating: " ", count: indent)
    let lines = content.split(separator: "\n").map { lead + "    " + $0 + "\n" }.joined()
    return """
      \(lead)- path: /etc/default/grub.d/60-zonewise.cfg
      \(lead)  permissions: "0644"
      \(lead)  content: |

      """ + lines
  }

  /// All keys: the file, the command that makes it count, and the reboot.
  static func body(_ content: String) -> String {
    """
    write_files:
    \(file(content, indent: 2))\
    runcmd:
      - [update-grub]
    power_state:
      mode: reboot

    """
  }

  func bootFile() throws(LocatedError) -> BootFile {
    guard text.bytes.starts(with: "#cloud-config".utf8) else {
      throw LocatedError("user data begins with #cloud-config", file: text.file)
    }
    guard let root = text.documents.first else {
      return BootFile(
        file: text.file,
        bytes: text.bytes,
        fragments: [],
        insertion: .text(at: text.bytes.count) { [needsBreak = text.bytes.last != 0x0A] in
          (needsBreak ? "\n" : "") + Self.body(Self.dropIn($0))
        }
      )
    }
    guard root.mapping != nil else {
      throw text.failure(at: root, "user data is a mapping: key: value")
    }
    var fragments: [BootFile.Fragment] = []
    var insertAt: Int?
    for item in try list("write_files", of: root) {
      guard let path = YAMLText.string("path", of: item), path.hasPrefix("/etc/default/grub"),
        YAMLText.entry("encoding", of: item) == nil,
        let content = YAMLText.entry("content", of: item)?.value
      else { continue }
      let found = try self.fragments(content)
      guard !found.isEmpty else { continue }
      fragments += found
      insertAt = fragments.count - 1
    }
    let insertion: BootFile.Insertion =
      if let insertAt { .fragment(insertAt) } else { try insertion(root) }
    return BootFile(
      file: text.file,
      bytes: text.bytes,
      fragments: fragments,
      insertion: insertion
    )
  }

  private func list(_ key: String, of root: Node) throws(LocatedError) -> [Node] {
    guard let entry = YAMLText.entry(key, of: root), !YAMLText.isEmpty(entry.value) else {
      return []
    }
    guard let sequence = entry.value.sequence else {
      throw text.failure(at: entry.value, "\(key) must be a list")
    }
    return Array(sequence)
  }

  /// The assignments inside a file's content, with their places in the user data.
  private func fragments(_ content: Node) throws(LocatedError) -> [BootFile.Fragment] {
    guard let scalar = text.scalar(content) else {
      throw text.failure(at: content, "content must be a text")
    }
    var reader = ShellAssignments(bytes: Array(scalar.text.utf8), file: text.file)
    let found: [ShellAssignments.Assignment]
    do throws(LocatedError) {
      found = try reader.read(GRUBDefaults.variables)
    } catch {
      throw text.failure(at: content, "the shell text in here has a quote that is never closed")
    }
    let isBlock = text.bytes[text.offset(of: content)...].first == UInt8(ascii: "|")
    return found.map { assignment in
      var fragment = assignment.fragment
      fragment.offsets = fragment.offsets.map { scalar.offsets[$0] }
      fragment.range =
        scalar.offsets[fragment.range.lowerBound]..<scalar.offsets[fragment.range.upperBound]
      if !isBlock || !scalar.isPlainToEdit {
        fragment.rewriting = .refused("write the content as a block: content: |")
      }
      return fragment
    }
  }

  // MARK: Adding

  private static func dropIn(_ arguments: [BootArgument]) -> String {
    let line = ShellText.insideDoubleQuotes(arguments.map { $0.word }.joined(separator: " "))
    return "\(GRUBDropIn.variable)=\"$\(GRUBDropIn.variable) \(line)\"\n"
  }

  private func insertion(_ root: Node) throws(LocatedError) -> BootFile.Insertion {
    let needsBreak = text.bytes.last.map { $0 != 0x0A } ?? false
    var tail = BootFile.Placement(offset: text.bytes.count) { _ in needsBreak ? "\n" : "" }
    var places = [tail]
    if let place = try place(in: "write_files", of: root) {
      places.append(
        BootFile.Placement(offset: place.offset) {
          Self.file(Self.dropIn($0), indent: place.indent)
        }
      )
    } else {
      tail.render = { "write_files:\n" + Self.file(Self.dropIn($0), indent: 2) }
      places.append(tail)
    }
    let updates = try list("runcmd", of: root).contains { node in
      let words = node.scalar.map { [$0.string] } ?? node.sequence?.compactMap { $0.scalar?.string }
      return words?.contains { $0.contains("update-grub") } ?? false
    }
    if !updates {
      if let place = try place(in: "runcmd", of: root) {
        let line = String(repeating: " ", count: place.indent) + "- [update-grub]\n"
        places.append(BootFile.Placement(offset: place.offset) { _ in line })
      } else {
        tail.render = { _ in "runcmd:\n  - [update-grub]\n" }
        places.append(tail)
      }
    }
    if YAMLText.entry("power_state", of: root) == nil {
      tail.render = { _ in "power_state:\n  mode: reboot\n" }
      places.append(tail)
    }
    return .texts(places)
  }

  /// Behind the last item of a list at the top; nil where there is no such list.
  private func place(
    in key: String,
    of root: Node
  ) throws(LocatedError) -> (offset: Int, indent: Int)? {
    guard let entry = YAMLText.entry(key, of: root) else { return nil }
    guard let first = entry.value.sequence?.first, !text.isFlow(entry.value) else {
      throw text.failure(at: entry.key, "write \(key) as a block list, an item a line")
    }
    let start = text.offset(of: first)
    let lead = text.bytes[text.lineStart(of: start)..<start]
    let keyStart = text.offset(of: entry.key)
    let next = (root.mapping.map(Array.init) ?? []).map { text.offset(of: $0.key) }
      .filter { $0 > keyStart }.min()
    var end = next.map { text.lineStart(of: $0) } ?? text.bytes.count
    // Comments and blank lines in front of the next key are that key's.
    while end > start {
      let above = text.lineStart(of: end - 1)
      let content = text.bytes[above..<end].first { $0 != 0x20 && $0 != 0x09 }
      guard above > start, content == UInt8(ascii: "#") || content == 0x0A || content == 0x0D else {
        break
      }
      end = above
    }
    return (end, lead.prefix { $0 == 0x20 }.count)
  }
}
