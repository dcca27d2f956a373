import History
import HostModel
import Profiles
import SourceText
import Testing

@Suite("Output of sadf -j")
struct SysstatReaderTests {
  /// As sysstat 12.6 writes it.
  private static let text = """
    {"sysstat": {
    	"hosts": [
    		{
    			"nodename": "db-1",
    			"release": "6.1.0",
    			"number-of-cpus": 2,
    			"timezone": "UTC",
    			"statistics": [
    				{
    					"timestamp": {"date": "2026-11-29", "time": "08:40:06", "utc": 1, "interval": 600},
    					"memory": {"memfree": 17388660, "memused-percent": 2.86, "slab": 593940, "kstack": 2592, "pgtbl": 8436, "vmused": 15404}
    				},
    				{
    					"timestamp": {"date": "2026-11-29", "time": "08:50:06", "utc": 1, "interval": 600},
    					"memory": {"memfree": 17452012, "memused-percent": 2.61, "slab": 593948, "kstack": 2624, "pgtbl": 7900, "vmused": 15388}
    				}
    			],
    			"restarts": [
    				{"boot": {"date": "2026-11-29", "time": "08:45:00", "utc": 1, "cpu_count": 2}}
    			]
    		}
    	]
    }}
    """

  private func read(_ text: String) throws -> HostHistory {
    var reader = SysstatReader()
    try reader.read(Array(text.utf8), file: "sa29.json")
    return try #require(reader.histories().first)
  }

  @Test("Terms, times and boots are read")
  func reading() throws {
    let history = try read(Self.text)
    #expect(history.host == "db-1")
    #expect(history[.slab]?.last?.value == .kibibytes(593_948))
    #expect(history[.term(.pageTables)]?.first?.value == .kibibytes(8436))
    #expect(history[.term(.kernelStacks)]?.first?.time == 1_795_941_606)
    #expect(history.boots == [1_795_941_900])
  }

  @Test("A file without sar's -r ALL says what is missing")
  func missing() throws {
    let history = try read(Self.text.replacing("\"slab\"", with: "\"other\""))
    #expect(history.gaps.contains { $0.remedy.contains("-r ALL") })
  }

  @Test("Local times of a zone that is not told are said to be taken for UTC")
  func local() throws {
    let history = try read(Self.text.replacing("\"utc\": 1", with: "\"utc\": 0"))
    #expect(history.notes.contains { $0.contains("UTC") })
  }

  @Test("Any cut of it is refused")
  func cuts() {
    let whole = Array(Self.text.utf8)
    for length in stride(from: 0, to: whole.count - 1, by: 7) {
      var reader = SysstatReader()
      #expect(throws: LocatedError.self) {
        try reader.read(Array(whole[..<length]), file: "sa29.json")
      }
    }
  }
}
