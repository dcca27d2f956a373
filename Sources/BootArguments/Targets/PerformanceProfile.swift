internal import SourceText

extension BootTarget {
  /// OpenShift's PerformanceProfile: `spec.additionalKernelArgs` of the profile that a pool has.
  ///
  /// A profile says what CPUs are for too, which zonewise knows nothing of: `CHANGE-ME` marks what
  /// must be filled in, and `--current` with the existing profile is the better way.
  static let performanceProfile = BootTarget(
    name: "performanceprofile",
    title: "OpenShift PerformanceProfile",
    documentation: TargetRow(
      place: "the cluster; best with `--current`",
      reboot: "yes",
      verified: "PyYAML, strict field names of the API; read back"
    ),
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
      ["oc apply -f FILE", OpenShiftPool.reboot]
    },
    rollback: { _ in
      ["# take the arguments out of the profile (--current FILE --rollback)", "oc apply -f FILE"]
    },
    notes: { YAMLText.onlyAdds($0, "another profile or MachineConfig") },
    format: .openShift,
    lists: .first(of: "spec.additionalKernelArgs", orElse: "no document of kind PerformanceProfile")
  )
}
