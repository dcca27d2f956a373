internal import SourceText

extension KernelArgumentFormat {
  /// OpenShift manifests: MachineConfig, PerformanceProfile and Tuned resources, several in a file,
  /// in lists, templates and policies, as YAML or JSON.
  static let openShift = KernelArgumentFormat(
    name: "openshift",
    title: "OpenShift MachineConfig, PerformanceProfile, Tuned",
    documentation: FormatRow(
      recognizedBy: """
        `kind:` MachineConfig, PerformanceProfile, Tuned, policies, lists, templates; YAML or \
        JSON, several documents
        """,
      read: """
        `spec.kernelArguments`; `spec.additionalKernelArgs`, and `spec.hugepages` as \
        `default_hugepagesz=`, `hugepagesz=`, `hugepages=` in the place of its fields; \
        `[bootloader]` of Tuned profiles; merges and aliases
        """,
      notRead: """
        pages with a `node`, which a service makes after boot; what the operator adds on its \
        own; schemas of the kinds
        """
    ),
    markers: [.kernelArguments, .performanceProfile, .machineConfig, .bootloaderSection],
    recognizes: { sample in
      sample.hasSuffix(".yaml", ".yml", ".json", ".tmpl", ".tpl", ".j2", ".template")
        && sample.hasKind
    },
    search: { (search) throws(LocatedError) -> [ArgumentList] in
      let lists = try OpenShiftResources(search: search).lists()
      let hasArguments = lists.contains { !$0.fragments.isEmpty }
      return hasArguments ? lists : lists + LiteralValues(search: search).lists()
    }
  )
}

extension FileSample {
  /// Whether it is a Kubernetes resource with one of the kinds, or parts of one.
  fileprivate var hasKind: Bool {
    let kinds = [
      "MachineConfig", "PerformanceProfile", "Tuned", "PolicyGenTemplate", "PolicyGenerator",
      "Policy", "List", "Template", "ConfigurationPolicy",
    ]
    return kinds.contains { kind in
      hasLine(beginning: "kind: " + kind) || hasLine(beginning: "- kind: " + kind)
        || hasLine(beginning: "\"kind\": \"" + kind)
    }
      || firstByte == UInt8(ascii: "{")
        && text.firstRange(of: Array("\"kind\":\"MachineConfig\"".utf8)) != nil
  }
}

private struct OpenShiftResources {
  let search: YAMLSearch

  /// Lists have the path of their field as key.
  func lists() throws(LocatedError) -> [ArgumentList] {
    var lists: [ArgumentList] = []
    for place in search.places() where place.node.mapping != nil {
      let kind = YAMLText.string("kind", of: place.node)
      if kind == "CustomResourceDefinition" { return [] }
      let spec = YAMLSearch.value("spec", of: place.node)
      // A policy has a resource's spec without its kind.
      if kind == "MachineConfig" || kind == "PerformanceProfile" {
        if let spec, spec.mapping == nil, !YAMLText.isEmpty(spec) {
          throw search.text.failure(at: spec, "spec must be a mapping")
        }
      } else if spec?.mapping == nil {
        continue
      }
      if kind == nil || kind == "MachineConfig",
        let list = try list("kernelArguments", of: place, isNative: kind != nil)
      {
        lists.append(list)
      }
      if kind == nil || kind == "PerformanceProfile",
        let list = try performanceProfile(place, isNative: kind != nil)
      {
        lists.append(list)
      }
      if kind == "Tuned", let spec { lists += try tuned(spec) }
    }
    return lists
  }

  /// A list in a resource's spec, or where it belongs in one of that kind.
  private func list(
    _ key: String,
    of place: YAMLSearch.Place,
    isNative: Bool
  ) throws(LocatedError) -> ArgumentList? {
    let value = YAMLSearch.value(at: ["spec", key], of: place.node)
    guard isNative || value?.sequence != nil else { return nil }
    var list = try search.list(at: ["spec", key], of: place)
    if isNative { list.key = "spec.\(key)" }
    return list
  }

  /// The order is the one in which the operator writes them: sizes first, then what was added.
  private func performanceProfile(
    _ place: YAMLSearch.Place,
    isNative: Bool
  ) throws(LocatedError) -> ArgumentList? {
    var fields: [ArgumentFragment] = []
    if let pools = YAMLSearch.value(at: ["spec", "hugepages"], of: place.node) {
      if let size = YAMLSearch.value("defaultHugepagesSize", of: pools) {
        fields += argument("default_hugepagesz", size)
      }
      for page in YAMLSearch.value("pages", of: pools)?.sequence?.prefix(QuotedItems.limit) ?? [] {
        // Pages of one node are made by a service after boot.
        guard YAMLSearch.value("node", of: page) == nil,
          let size = YAMLSearch.value("size", of: page),
          let count = YAMLSearch.value("count", of: page)
        else { continue }
        fields += argument("hugepagesz", size) + argument("hugepages", count)
      }
    }
    let added = try list("additionalKernelArgs", of: place, isNative: isNative)
    guard var list = added else {
      return fields.isEmpty
        ? nil : ArgumentList(title: place.title, fragments: fields, isComplete: false)
    }
    list.items = fields.count..<(fields.count + list.fragments.count)
    list.fragments = fields + list.fragments
    return list
  }

  /// `name=` and a field's value, in the field's place.
  private func argument(_ name: String, _ value: YAMLTree) -> [ArgumentFragment] {
    guard let field = search.fragment(value), !field.text.isEmpty,
      field.text.utf8.allSatisfy({ $0 != 0x20 && $0 != UInt8(ascii: "\"") })
    else { return [] }
    let lead = Array(repeating: field.offsets[0], count: name.utf8.count + 1)
    return [
      ArgumentFragment(
        text: name + "=" + field.text,
        offsets: lead + field.offsets,
        because: "the operator makes \(name) of spec.hugepages; change it there"
      )
    ]
  }

  /// TuneD profiles inside a resource of the node tuning operator.
  private func tuned(_ spec: YAMLTree) throws(LocatedError) -> [ArgumentList] {
    var lists: [ArgumentList] = []
    for profile in YAMLSearch.value("profile", of: spec)?.sequence?.prefix(1000) ?? [] {
      guard let data = YAMLSearch.value("data", of: profile) else { continue }
      let name = YAMLText.string("name", of: profile)
      lists += try search.embedded(data, path: "tuned.conf").map {
        var list = $0
        list.title = name
        return list
      }
    }
    return lists
  }
}
