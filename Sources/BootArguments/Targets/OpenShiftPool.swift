/// The MachineConfig of a pool's workers that holds zonewise's arguments, however it is written.
enum OpenShiftPool {
  private static let config = "99-worker-kargs-zonewise"

  /// In YAML, at the left margin.
  static let metadata = """
    metadata:
      name: \(config)
      labels:
        machineconfiguration.openshift.io/role: worker
    """

  /// What happens once the config has changed.
  static let reboot = "# the operator drains and reboots the pool's nodes one by one"
  static let rollback = ["oc delete machineconfig \(config)", reboot]
}
