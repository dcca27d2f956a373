internal import FleetCheck
internal import MachineSpec
internal import SourceText
internal import Testing

@Suite("What is clearly a spec of ours")
struct SpecMarkTests {
  @Test(
    "A damaged one that was only met is an error with its place",
    arguments: [
      ("a.yaml", "schema: 1\ndefaults: {arch: x86_64, kernel: \"6.12\"\n", 3, 1),
      ("b.yaml", "schema: 1\nclasses:\n", 2, 9),
      (
        "c.yaml", "schema: 1\nclases:\n- name: a\n  arch: x86_64\n  nodes: []\n  cmdline: a\n", 2, 1
      ),
      (
        "d.yaml",
        "shema: 1\nclasses:\n  - name: a\n    arch: x86_64\n    nodes: []\n    cmdline: a=1\n", 1, 1
      ), ("e.yaml", "# A fleet spec for zonewise check: ours\nschema: 1\n", 2, 1),
      ("fleet.zonewise.yaml", "", 1, 1), ("b.zonewise.yml", "a: [\n", 2, 1),
      ("h.yaml", "# yaml-language-server: $schema=x/fleet.schema.json\nclasses:\n\t- a\n", 3, 1),
      ("m.yaml", "schema: 1\nmachine:\n  arch: x86_64\n  nodess: []\n", 4, 3),
    ]
  )
  func damaged(name: String, text: String, line: Int, column: Int) async throws {
    let fixture = try CheckFixture(["x/" + name: text])
    let failures = try await fixture.check().failures
    #expect(failures.map(\.place.line) == [line], "\(failures)")
    #expect(failures.map(\.place.column) == [column], "\(failures)")
  }

  @Test(
    "Somebody else's file is left alone, whatever keys it has",
    arguments: [
      ("data.yaml", "schema: 1\nclasses:\n  - cat\n  - dog\n"),
      ("enc.yaml", "classes:\n  - apache\nparameters: {arch: x}\n"),
      ("api.yaml", "openapi: 3.0\ncomponents:\n  x:\n    schema: 1\n"),
      ("t.yaml.j2", "schema: 1\nclasses:\n{% for c in x %}\n  - nodes: {{ c }}\n{% endfor %}\n"),
      (
        "bin/try",
        "#!/usr/bin/env python3\nSPEC = \"\"\"\nschema: 1\nclasses:\n  - nodes: x\n\"\"\"\n"
      ),
      (".github/workflows/zonewise.yml", "on: [push]\njobs: {a: {steps: []}}\n---\na: 1\n"),
      ("guide.md", "# A fleet spec for zonewise check\n\nschema: 1\nclasses:\n"),
    ]
  )
  func others(name: String, text: String) async throws {
    let fixture = try CheckFixture(["x/" + name: text])
    #expect(try await fixture.check().failures.isEmpty)
  }

  @Test("Editors may be told of the schema by a key")
  func schemaKey() throws {
    let text =
      "$schema: x/fleet.schema.json\nschema: 1\nclasses:\n  - {name: a, arch: x86_64, nodes: []}\n"
    #expect(try FleetSpec(Array(text.utf8), file: "a.yaml").count == 1)
  }
}
