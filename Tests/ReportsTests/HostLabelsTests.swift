internal import Capacity
internal import SourceText
internal import Testing

@Suite("Labels of hosts")
struct HostLabelsTests {
  private func labels(_ text: String) throws -> HostLabels {
    try HostLabels(Array(text.utf8), file: "labels.csv")
  }

  @Test("A line a host, its name in any column; an empty value is no label")
  func values() throws {
    let labels = try labels("rack,host,team\nr1,web-1,\"a, b\"\n,db-1,core\n")
    #expect(labels.names == ["rack", "team"] && labels.count == 2)
    let web = try #require(labels.index(of: "web-1"))
    #expect(labels.labels(at: web).map(\.text) == ["rack=r1", "team=a, b"])
    let db = try #require(labels.index(of: "db-1"))
    #expect(labels.labels(at: db).map(\.text) == ["team=core"])
    #expect(labels.index(of: "web") == nil)
  }

  @Test(
    "What is wrong with a table is said with its place",
    arguments: [
      ("", "labels.csv:1:1: it is empty"), ("name,rack\n", "labels.csv:1:1: no column host"),
      ("host;rack\n", "labels.csv:1:1: values are separated by commas"),
      ("host\nweb\n", "labels.csv:1:1: no label"),
      ("host,,team\n", "labels.csv:1:6: a label without a name"),
      ("host,rack,rack\n", "labels.csv:1:11: a second column rack"),
      ("host,rack\nweb-1\n", "labels.csv:2:1: 1 values, and the head has 2"),
      ("host,rack\nweb-1,r1,x\n", "labels.csv:2:7: 3 values, and the head has 2"),
      ("host,rack\n,r1\n", "labels.csv:2:1: no host's name"),
      ("host,rack\na,1\nb,2\na,3\n", "labels.csv:4:1: a stands in line 2 already"),
    ]
  )
  func mistakes(text: String, message: String) {
    let error = #expect(throws: LocatedError.self) { try labels(text) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
