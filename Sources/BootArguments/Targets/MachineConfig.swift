internal import SourceText

extension BootTarget {
  /// OpenShift: a MachineConfig with `spec.kernelArguments`. The pool's nodes reboot one by one.
  static let machineConfig = BootTarget(
    name: "machineconfig",
    title: "OpenShift MachineConfig",
    documentation: TargetRow(
      place: "the cluster",
      reboot: "yes",
      verified: "PyYAML, strict field names of the API; read back"
    ),
    place: "the cluster (oc apply); the label names the pool",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      """
      apiVersion: machineconfiguration.openshift.io/v1
      kind: MachineConfig
      \(OpenShiftPool.metadata)
      spec:
        kernelArguments:
      \(YAMLText.items(request.arguments, indent: 4))
      """
    },
    apply: { _ in
      ["oc apply -f FILE", OpenShiftPool.reboot]
    },
    rollback: { _ in OpenShiftPool.rollback },
    notes: { YAMLText.onlyAdds($0, "another MachineConfig") },
    format: .openShift,
    lists: .first(of: "spec.kernelArguments", orElse: "no document of kind MachineConfig")
  )
}
