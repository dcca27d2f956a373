internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// OpenShift manifests: MachineConfig, PerformanceProfile and Tuned resources, several in a file,
  /// in lists, templates and policies, as YAML or JSON.
  static let openShift = KernelArgumentFormat(
    name: "openshift",
    title: "OpenShift MachineConfig, PerformanceProfile, Tuned",
    markers: [.kernelArguments, .performanceProfile, .machineConfig, .bootloaderSection],
    recognizes: { sample in
      sample.hasSuffix(".yaml", ".yml", ".json", ".tmpl", ".tpl", ".j2", ".template")
        && sample.hasKind
    },
    search: { (search) throws(LocatedError) -> [CommandLineDraft] in
      let drafts = try OpenShiftResources(search: search).drafts()
      return drafts.isEmpty ? LiteralValues(search: search).drafts() : drafts
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

  func drafts() throws(LocatedError) -> [CommandLineDraft] {
    var drafts: [CommandLineDraft] = []
    for place in search.places() where place.node.mapping != nil {
      let kind = YAMLText.string("kind", of: place.node)
      if kind == "CustomResourceDefinition" { return [] }
      let isNative = kind == "MachineConfig" || kind == "PerformanceProfile"
      // A policy has a resource's spec without its kind.
      guard let spec = YAMLSearch.value("spec", of: place.node), spec.mapping != nil else {
        if isNative, let spec = YAMLSearch.value("spec", of: place.node), !YAMLText.isEmpty(spec) {
          throw search.text.failure(at: spec, "spec must be a mapping")
        }
        continue
      }
      if kind == nil || kind == "MachineConfig" {
        try append(machineConfig(spec, isNative: isNative), of: place, to: &drafts)
      }
      if kind == nil || kind == "PerformanceProfile" {
        try append(performanceProfile(spec, isNative: isNative), of: place, to: &drafts)
      }
      if kind == "Tuned" { drafts += try tuned(spec) }
    }
    return drafts
  }

  private func append(
    _ fragments: [BootFile.Fragment],
    of place: YAMLSearch.Place,
    to drafts: inout [CommandLineDraft]
  ) throws(LocatedError) {
    guard !fragments.isEmpty else { return }
    drafts.append(
      CommandLineDraft(title: place.title, fragments: fragments, isComplete: false)
    )
  }

  private func machineConfig(
    _ spec: Node,
    isNative: Bool
  ) throws(LocatedError) -> [BootFile.Fragment] {
    guard let list = YAMLSearch.value("kernelArguments", of: spec),
      isNative || list.sequence != nil
    else { return [] }
    return try search.fragments(list, named: "spec.kernelArguments")
  }

  /// The order is the one in which the operator writes them: sizes first, then what was added.
  private func performanceProfile(
    _ spec: Node,
    isNative: Bool
  ) throws(LocatedError) -> [BootFile.Fragment] {
    var fragments: [BootFile.Fragment] = []
    if let pools = YAMLSearch.value("hugepages", of: spec) {
      if let size = YAMLSearch.value("defaultHugepagesSize", of: pools) {
        fragments += argument("default_hugepagesz", size)
      }
      for page in YAMLSearch.value("pages", of: pools)?.sequence?.prefix(QuotedItems.limit) ?? [] {
        // Pages of one node are made by a service after boot.
        guard YAMLSearch.value("node", of: page) == nil,
          let size = YAMLSearch.value("size", of: page),
          let count = YAMLSearch.value("count", of: page)
        else { continue }
        fragments += argument("hugepagesz", size) + argument("hugepages", count)
      }
    }
    if let list = YAMLSearch.value("additionalKernelArgs", of: spec),
      isNative || list.sequence != nil
    {
      fragments += try search.fragments(list, named: "spec.additionalKernelArgs")
    }
    return fragments
  }

  /// `name=` and a field's value, in the field's place.
  private func argument(_ name: String, _ value: Node) -> [BootFile.Fragment] {
    guard var fragment = search.fragment(value), !fragment.text.isEmpty,
      fragment.text.utf8.allSatisfy({ $0 != 0x20 && $0 != UInt8(ascii: "\"") })
    else { return [] }
    let lead = Array(repeating: fragment.offsets[0], count: name.utf8.count + 1)
    fragment.text = name + "=" + fragment.text
    fragment.offsets = lead + fragment.offsets
    return [fragment]
  }

  /// TuneD profiles inside a resource of the node tuning operator.
  private func tuned(_ spec: Node) throws(LocatedError) -> [CommandLineDraft] {
    var drafts: [CommandLineDraft] = []
    for profile in YAMLSearch.value("profile", of: spec)?.sequence?.prefix(1000) ?? [] {
      guard let data = YAMLSearch.value("data", of: profile) else { continue }
      let name = YAMLText.string("name", of: profile)
      drafts += try search.embedded(data, path: "tuned.conf").map {
        var draft = $0
        draft.title = name
        return draft
      }
    }
    return drafts
  }
}
