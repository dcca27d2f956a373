package import HostModel

/// How memory gets into a guest that runs.
package enum GuestDevice: Hashable, Sendable {
  case dimm
  case virtioMem
}

/// The memory of a guest as the file says it that has its kernel's arguments: what it boots with and
/// what may be plugged in later.
package struct GuestMemory<Place: Hashable & Sendable>: Hashable, Sendable {
  /// A size, and where it stands.
  package struct Size: Hashable, Sendable {
    package var bytes: ByteCount
    package var place: Place

    package init(_ bytes: ByteCount, at place: Place) {
      self.bytes = bytes
      self.place = place
    }
  }

  package var boot: Size
  /// What may be added, at most.
  package var added: Size
  package var device: GuestDevice

  package init(boot: Size, adding added: Size, by device: GuestDevice) {
    self.boot = boot
    self.added = added
    self.device = device
  }

  /// Nil where the most is no more than what it boots with.
  package init?(boot: Size, upTo most: Size, by device: GuestDevice) {
    guard boot.bytes > 0, let added = most.bytes.subtracting(boot.bytes), added > 0 else {
      return nil
    }
    self.init(boot: boot, adding: Size(added, at: most.place), by: device)
  }

  /// The same with its places found.
  func located<Other>(_ place: (Place) -> Other) -> GuestMemory<Other> {
    GuestMemory<Other>(
      boot: .init(boot.bytes, at: place(boot.place)),
      adding: .init(added.bytes, at: place(added.place)),
      by: device
    )
  }
}
