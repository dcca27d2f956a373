/// A section of daxctl's configuration that reconfigures a device when it appears.
package struct DaxctlSection: Hashable, Sendable {
  package var file: String
  package var name: String
  package var mode: String?
  package var online: String?
  package var movable: String?

  package init(file: String, name: String) {
    self.file = file
    self.name = name
  }
}
