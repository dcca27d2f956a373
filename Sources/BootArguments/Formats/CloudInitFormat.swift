internal import SourceText

extension KernelArgumentFormat {
  /// cloud-init user data: files that it writes and commands that it runs.
  static let cloudInitData = KernelArgumentFormat(
    name: "cloud-init",
    title: "cloud-init and curtin user data",
    documentation: FormatRow(
      recognizedBy: "`#cloud-config` or `## template: jinja` at its start",
      read: """
        `write_files` whose content is one of the formats below, at its place in the user \
        data; arguments in commands (`bootcmd`, `runcmd`, `late_commands` of curtin and of \
        autoinstall) and under keys that say what they hold
        """,
      notRead: "contents with `encoding`; `#!` user data, which is `text`"
    ),
    markers: .cloudConfig,
    recognizes: { sample in
      (sample.text.starts(with: "#cloud-config".utf8)
        || sample.text.starts(with: "## template: jinja".utf8))
        && !sample.markers.isDisjoint(with: [
          .grubVariable, .knownArgument, .knownFlag, .root, .append, .memorySetting,
        ])
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      try CloudConfig(search: search).lists()
    }
  )
}

/// cloud-init user data, with the files for GRUB that it writes.
struct CloudConfig {
  private let search: YAMLSearch
  private var text: YAMLText { search.text }

  init(search: YAMLSearch) { self.search = search }

  /// An item of `write_files` with the drop-in.
  private static func file(_ content: String, indent: Int) -> String {
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

  /// Lists in GRUB's files have the key `grub`.
  func lists() throws(LocatedError) -> [ArgumentList] {
    var lists: [ArgumentList] = []
    var done: Set<Int> = []
    for document in text.documents {
      for file in files(of: document) {
        guard let path = YAMLText.string("path", of: file),
          YAMLText.entry("encoding", of: file) == nil,
          let content = YAMLSearch.value("content", of: file)
        else { continue }
        let found = try search.embedded(content, path: path)
        if !found.isEmpty { done.insert(text.offset(of: content)) }
        lists += found.map {
          var list = $0.titled(path)
          let isGRUB = $0.key == "linux" && path.hasPrefix("/etc/default/grub")
          list.key = isGRUB ? "grub" : nil
          return list
        }
      }
    }
    lists += LiteralValues(search: search, done: done).lists()
    if !lists.contains(where: { $0.key == "grub" }) {
      var list = ArgumentList(missing: insertion)
      list.key = "grub"
      lists.append(list)
    }
    return lists
  }

  /// A list of them; curtin has a mapping.
  private func files(of document: YAMLTree) -> [YAMLTree] {
    guard let files = YAMLSearch.value("write_files", of: document) else { return [] }
    return files.sequence.map(Array.init) ?? files.mapping.map { $0.map { $0.value } } ?? []
  }

  // MARK: Adding

  private var insertion: ArgumentInsertion {
    guard text.bytes.starts(with: "#cloud-config".utf8) else {
      return .refused(text.failure(at: 0, "user data begins with #cloud-config"))
    }
    guard let root = text.documents.first else {
      return .line(endOf: text.bytes) {
        Self.body(GRUBDropIn.assignment($0)).trimmingSuffix("\n")
      }
    }
    guard root.mapping != nil else {
      return .refused(text.failure(at: root, "user data is a mapping: key: value"))
    }
    do throws(LocatedError) { return .texts(try placements(root)) } catch {
      return .refused(error)
    }
  }

  private func placements(_ root: YAMLTree) throws(LocatedError) -> [ArgumentInsertion.Placement] {
    let needsBreak = text.bytes.last.map { $0 != 0x0A } ?? false
    var tail = ArgumentInsertion.Placement(offset: text.bytes.count) { _ in needsBreak ? "\n" : "" }
    var places = [tail]
    if let place = try place(in: "write_files", of: root) {
      places.append(
        ArgumentInsertion.Placement(offset: place.offset) {
          Self.file(GRUBDropIn.assignment($0), indent: place.indent)
        }
      )
    } else {
      tail.render = { "write_files:\n" + Self.file(GRUBDropIn.assignment($0), indent: 2) }
      places.append(tail)
    }
    if try !updatesGRUB(root) {
      if let place = try place(in: "runcmd", of: root) {
        let line = String(repeating: " ", count: place.indent) + "- [update-grub]\n"
        places.append(ArgumentInsertion.Placement(offset: place.offset) { _ in line })
      } else {
        tail.render = { _ in "runcmd:\n  - [update-grub]\n" }
        places.append(tail)
      }
    }
    if YAMLText.entry("power_state", of: root) == nil {
      tail.render = { _ in "power_state:\n  mode: reboot\n" }
      places.append(tail)
    }
    return places
  }

  private func updatesGRUB(_ root: YAMLTree) throws(LocatedError) -> Bool {
    try list("runcmd", of: root).contains { node in
      let words = node.scalar.map { [$0.string] } ?? node.sequence?.compactMap { $0.scalar?.string }
      return words?.contains { $0.contains("update-grub") } ?? false
    }
  }

  private func list(_ key: String, of root: YAMLTree) throws(LocatedError) -> [YAMLTree] {
    guard let entry = YAMLText.entry(key, of: root), !YAMLText.isEmpty(entry.value) else {
      return []
    }
    guard let sequence = entry.value.sequence else {
      throw text.failure(at: entry.value, "\(key) must be a list")
    }
    return Array(sequence)
  }

  /// Behind the last item of a list at the top; nil where there is no such list.
  private func place(
    in key: String,
    of root: YAMLTree
  ) throws(LocatedError) -> (offset: Int, indent: Int)? {
    guard let entry = YAMLText.entry(key, of: root) else { return nil }
    let items = try list(key, of: root)
    guard let first = items.first, !text.isFlow(entry.value) else {
      throw text.failure(at: entry.key, "write \(key) as a block list, an item a line")
    }
    let start = text.offset(of: first)
    let lead = text.bytes[text.lineStart(of: start)..<start]
    let keyStart = text.offset(of: entry.key)
    let next = (root.mapping ?? []).map { text.offset(of: $0.key) }
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
