internal import SourceText

extension BootTarget {
  /// OpenShift: a MachineConfig with `spec.kernelArguments`. The pool's nodes reboot one by one.
  static let machineConfig = BootTarget(
    name: "machineconfig",
    title: "OpenShift MachineConfig",
    place: "the cluster (oc apply); the label names the pool",
    comment: .hash,
    refusal: CommandText.refusal(GRUBRules.refusal, CommandText.refuseBlanks),
    body: { request in
      """
      apiVersion: machineconfiguration.openshift.io/v1
      kind: MachineConfig
      metadata:
        name: 99-worker-kargs-zonewise
        labels:
          machineconfiguration.openshift.io/role: worker
      spec:
        kernelArguments:
      \(YAMLText.items(request.arguments, indent: 4))
      """
    },
    apply: { _ in
      ["oc apply -f FILE", "# the operator drains and reboots the pool's nodes one by one"]
    },
    rollback: { _ in
      [
        "oc delete machineconfig 99-worker-kargs-zonewise",
        "# the operator drains and reboots the pool's nodes one by one",
      ]
    },
    notes: { YAMLText.onlyAdds($0, "another MachineConfig") },
    parse: { (file, bytes) throws(LocatedError) in
      let text = try YAMLText(file: file, bytes)
      let root = try text.document(orElse: "no document of kind MachineConfig") {
        YAMLText.string("kind", of: $0) == "MachineConfig"
      }
      return try YAMLList(text: text, root: root, path: ["spec", "kernelArguments"]).bootFile()
    }
  )
}
