internal import SourceText

extension BootTarget {
  /// OpenShift's PerformanceProfile: `spec.additionalKernelArgs` of the profile that a pool has.
  ///
  /// A profile says what CPUs are for too, which zonewise knows nothing of: `CHANGE-ME` marks what
  /// must be filled in, and `--current` with the existing profile is the better way.
  static let performanceProfile = BootTarget(
    name: "performanceprofile",
    title: "OpenShift PerformanceProfile",
    place: "the cluster (oc apply); better: your own profile, changed with --current",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      """
      apiVersion: performance.openshift.io/v2
      kind: PerformanceProfile
      metadata:
        name: zonewise
      spec:
        cpu:
          isolated: "CHANGE-ME"
          reserved: "CHANGE-ME"
        nodeSelector:
          node-role.kubernetes.io/worker: ""
        additionalKernelArgs:
      \(YAMLText.items(request.arguments, indent: 4))
      """
    },
    apply: { _ in
      ["oc apply -f FILE", "# the operator drains and reboots the pool's nodes one by one"]
    },
    rollback: { _ in
      ["# take the arguments out of the profile (--current FILE --rollback)", "oc apply -f FILE"]
    },
    notes: { YAMLText.onlyAdds($0, "another profile or MachineConfig") },
    parse: { (file, bytes) throws(LocatedError) in
      let text = try YAMLText(file: file, bytes)
      let root = try text.document(orElse: "no document of kind PerformanceProfile") {
        YAMLText.string("kind", of: $0) == "PerformanceProfile"
      }
      return try YAMLList(text: text, root: root, path: ["spec", "additionalKernelArgs"]).bootFile()
    }
  )
}
