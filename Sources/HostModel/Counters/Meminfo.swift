/// /proc/meminfo, or a node's.
package struct Meminfo: Hashable, Sendable {
  package var table: CounterTable
  /// Where the table stands.
  package var input: Input

  package init(
    _ table: CounterTable = CounterTable(of: .meminfo),
    in input: Input = Input("/proc/meminfo")
  ) {
    self.table = table
    self.input = input
  }

  package subscript(field: MeminfoField) -> Reading<ByteCount> {
    table.kibibytes(field, in: input)
  }

  /// Adds a field behind the others.
  package mutating func append(_ field: MeminfoField, _ size: ByteCount) {
    table.append(name: field.text, value: size.count >> 10, isKibibytes: true)
  }
}

extension Meminfo {
  package var memTotal: Reading<ByteCount> { self[.memTotal] }
  package var memAvailable: Reading<ByteCount> { self[.memAvailable] }
  package var memFree: Reading<ByteCount> { self[.memFree] }
  package var buffers: Reading<ByteCount> { self[.buffers] }
  package var unevictable: Reading<ByteCount> { self[.unevictable] }
  package var mlocked: Reading<ByteCount> { self[.mlocked] }
  package var swapTotal: Reading<ByteCount> { self[.swapTotal] }
  package var swapFree: Reading<ByteCount> { self[.swapFree] }
  package var anonPages: Reading<ByteCount> { self[.anonPages] }
  package var mapped: Reading<ByteCount> { self[.mapped] }
  package var slab: Reading<ByteCount> { self[.slab] }
  package var slabUnreclaimable: Reading<ByteCount> { self[.slabUnreclaimable] }
  package var kernelStack: Reading<ByteCount> { self[.kernelStack] }
  package var pageTables: Reading<ByteCount> { self[.pageTables] }
  package var vmallocUsed: Reading<ByteCount> { self[.vmallocUsed] }
  package var percpu: Reading<ByteCount> { self[.percpu] }
  package var hardwareCorrupted: Reading<ByteCount> { self[.hardwareCorrupted] }
  package var cmaTotal: Reading<ByteCount> { self[.cmaTotal] }
  package var cmaFree: Reading<ByteCount> { self[.cmaFree] }
  package var unaccepted: Reading<ByteCount> { self[.unaccepted] }
  package var balloon: Reading<ByteCount> { self[.balloon] }
}
