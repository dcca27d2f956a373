/// A counter that zonewise knows by name: a case for each, with the kernel's spelling as data.
@usableFromInline
package protocol CounterName: RawRepresentable<UInt8>, CaseIterable, Hashable, Sendable {
  /// As the kernel prints it.
  var text: String { get }
}
