package import HostModel

/// nodeN/numastat: where allocations meant for the node, and on it, ended up.
package enum NumastatText {
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> CounterTable {
    try VmstatText.parse(
      text,
      file: file,
      expected: "lines such as `numa_hit 4096`",
      into: CounterTable(),
      count: 8
    )
  }

  /// The table as the kernel prints it.
  package static func render(_ table: CounterTable) -> String { VmstatText.render(table) }
}
