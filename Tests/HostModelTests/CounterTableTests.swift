internal import HostModel
internal import Testing

@Suite("Tables of counters")
struct CounterTableTests {
  private func table(_ names: [String]) -> CounterTable {
    var table = CounterTable(of: .memory)
    for (index, name) in names.enumerated() { table.append(name: name, value: UInt64(index)) }
    return table
  }

  /// The same table with as many of another one's lines as are its own.
  private func table(_ names: [String], like model: [String]) -> CounterTable {
    let common = zip(names, model).prefix { $0 == $1 }.count
    var table = CounterTable(like: table(model), values: (0..<UInt64(common)).map { $0 }[...])
    let text = Array(names.joined(separator: " ").utf8)
    var start = 0
    let ranges = names.map { name in
      defer { start += name.utf8.count + 1 }
      return start..<start + name.utf8.count
    }
    let values = Array(UInt64(common)..<UInt64(names.count))
    table.append(names: ranges[common...], of: text.span, values: values[...])
    return table
  }

  @Test("a table that has lines of another one is what it would be alone")
  func shapes() {
    let shapes: [[String]] = [
      [], ["nr_free_pages"], ["nr_free_pages", "nr_mlock"], ["nr_mlock", "nr_free_pages"],
      ["nr_free_pages", "nr_later", "nr_mlock"], ["nr_free_page", "nr_mlock"], ["", "nr_mlock"],
      ["nr_free_pages", "nr_free_pages", "nr_mlock", "nr_zspages"],
    ]
    for model in shapes {
      for names in shapes {
        let alone = table(names)
        let follower = table(names, like: model)
        #expect(follower == alone, "\(names) behind \(model)")
        #expect(follower.indicesAndNames == alone.indicesAndNames)
        #expect(follower.has(MemoryCounter.mlocked) == names.contains("nr_mlock"))
        #expect(
          follower.number(MemoryCounter.mlocked)
            == names.firstIndex(of: "nr_mlock").map { UInt64($0) }
        )
      }
    }
  }

  @Test("every known name is found, and only under its own")
  func names() {
    check(MemoryCounter.self, .memory)
    check(MeminfoField.self, .meminfo)
    check(ZoneSize.self, .zoneSizes)
    check(OOMCounter.self, .outOfMemory)
  }

  private func check<Name: CounterName>(_ type: Name.Type, _ vocabulary: CounterVocabulary) {
    #expect(Set(Name.allCases.map(\.text)).count == Name.allCases.count)
    for name in Name.allCases {
      var table = CounterTable(of: vocabulary)
      table.append(name: name.text + "x", value: 1)
      table.append(name: name.text, value: 7)
      table.append(name: name.text, value: 8)
      #expect(table.number(name) == 7 && table.reading(name, in: Input("f")) == .known(7))
      for other in Name.allCases where other != name { #expect(!table.has(other)) }
    }
  }

  @Test("a count below zero, no number and more than any machine has are refused by name")
  func refusals() {
    let input = Input("f")
    var table = CounterTable(of: .memory)
    table.append(name: "nr_mlock", value: 0 &- 3)
    table.append(name: "nr_zspages", value: 1 << 52)
    let name = Array("nr_free_cma".utf8)
    table.append(name: name.indices, of: name.span, value: 0, state: .notANumber)
    for counter in [MemoryCounter.mlocked, .zspages, .freeCMA] {
      guard case .rejected("f", counter.text, _)? = table.pages(counter, in: input).reason else {
        Issue.record("\(counter.text) is \(table.pages(counter, in: input))")
        continue
      }
    }
    #expect(
      table.pages(MemoryCounter.balloon, in: input).reason
        == .notReported(input: "f", field: "nr_balloon_pages")
    )
  }
}

extension CounterTable {
  fileprivate var indicesAndNames: [String] { entries.indices.map { name(at: $0) } }
}
