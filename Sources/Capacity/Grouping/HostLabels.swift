package import SourceText

/// What somebody says of hosts in a table: a line a host, its name in the column `host`, and a column
/// for each label.
package struct HostLabels: Sendable {
  /// A host's line.
  package struct Entry: Sendable {
    package var line: Int
    /// By label; nil for an empty value.
    fileprivate var values: [String?]
  }

  package let file: String
  /// The labels, in the order of the table.
  package private(set) var names: [String] = []
  private var entries: [Entry] = []
  private var places: [String: Int] = [:]
  private var hosts: [String] = []

  /// A table of a million hosts is smaller.
  package static let largest = 256 << 20
  private static let mostLabels = 100

  /// - Throws: What is wrong with the table, and where.
  package init(_ bytes: [UInt8], file: String) throws(LocatedError) {
    self.file = file
    var text = CSVText(bytes, file: file)
    guard let head = try text.next() else {
      throw LocatedError("it is empty", remedy: Self.shape, at: SourceLocation(file: file))
    }
    let own = try Self.columns(head, of: text)
    for (index, cell) in head.enumerated() where index != own { names.append(cell.text) }
    /// Fleets have few values: each is held once.
    var known: [String: String] = [:]
    while let cells = try text.next() {
      guard cells.count == head.count else {
        throw LocatedError(
          "\(cells.count) values, and the head has \(head.count)",
          remedy: "an empty value has its comma too",
          at: text.location(of: cells[min(cells.count, head.count) - 1])
        )
      }
      let name = cells[own].text
      guard !name.isEmpty else {
        throw LocatedError("no host's name", at: text.location(of: cells[own]))
      }
      guard places.updateValue(entries.count, forKey: name) == nil else {
        let first = hosts.firstIndex(of: name).map { entries[$0].line } ?? 1
        throw LocatedError(
          "\(name.printable) stands in line \(first) already",
          at: text.location(of: cells[own])
        )
      }
      var values: [String?] = []
      values.reserveCapacity(names.count)
      for (index, cell) in cells.enumerated() where index != own {
        guard !cell.text.isEmpty else {
          values.append(nil)
          continue
        }
        let value = known[cell.text] ?? cell.text
        known[value] = value
        values.append(value)
      }
      hosts.append(name)
      entries.append(Entry(line: cells[own].line, values: values))
    }
  }

  private static let shape = "the first line is host and the labels: host,rack,team"

  /// Which column has the names.
  private static func columns(_ head: [CSVText.Cell], of text: CSVText) throws(LocatedError) -> Int
  {
    guard let own = head.firstIndex(where: { $0.text == "host" }) else {
      let isOther = head.count == 1 && head[0].text.contains { $0 == ";" || $0 == "\t" }
      throw LocatedError(
        isOther ? "values are separated by commas here" : "no column host",
        remedy: shape,
        at: text.location(of: head[0])
      )
    }
    guard head.count > 1, head.count <= mostLabels else {
      throw LocatedError(
        head.count > 1 ? "more than \(mostLabels) columns" : "no label",
        remedy: shape,
        at: text.location(of: head[0])
      )
    }
    var seen: Set<String> = []
    for cell in head {
      guard !cell.text.isEmpty else {
        throw LocatedError("a label without a name", at: text.location(of: cell))
      }
      guard seen.insert(cell.text).inserted else {
        throw LocatedError("a second column \(cell.text.printable)", at: text.location(of: cell))
      }
    }
    return own
  }

  package var count: Int { entries.count }

  /// The name of a host of the table.
  package func host(_ index: Int) -> String { hosts[index] }

  /// Where a host stands in the table.
  package func index(of host: String) -> Int? { places[host] }

  /// A host's value of a label.
  package func value(of label: Int, at index: Int) -> String? { entries[index].values[label] }

  /// A host's labels that have a value.
  package func labels(at index: Int) -> [HostLabel] {
    zip(names, entries[index].values).compactMap { name, value in
      value.map { HostLabel(name: name, value: $0) }
    }
  }
}

/// Something that somebody says of a host: its rack, its team.
package struct HostLabel: Hashable, Sendable {
  package var name: String
  package var value: String

  package var text: String { "\(name)=\(value)" }
}
