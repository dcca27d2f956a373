internal import Capacity
internal import Reports
internal import Testing

@Suite("Capacity CSV")
struct CapacityCSVTests {
  @Test("A source that failed is a row of full width that says why")
  func failure() {
    let row = HostRow(source: "a,b", failure: "said \"no\"")
    let line = CapacityCSV.lines(row)
    #expect(line.hasPrefix("\"a,b\",\"a,b\","))
    // What was told of hosts stands behind it.
    #expect(line.contains(",\"said \"\"no\"\"\",,"))
    let commas = line.filter { $0 == "," }.count
    // Two of the commas stand inside the quoted names.
    #expect(commas - 2 == CapacityCSV.columns.count - 1)
  }

  @Test("A foreign text never becomes a formula", arguments: ["=1+1", "+A1", "-A1", "@sum"])
  func formula(text: String) {
    let line = CapacityCSV.lines(HostRow(source: text, failure: "x"))
    #expect(line.hasPrefix("'"))
  }
}
