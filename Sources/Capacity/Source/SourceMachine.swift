package import HostModel
package import KernelBehavior
package import Profiles

/// A machine that a SOURCE gives: a host, or a class of a spec under each of its kernels.
package struct SourceMachine: Sendable {
  /// A machine under one kernel.
  package struct Member: Sendable {
    /// Of a boot log only what a command asked for is known in it.
    package var snapshot: HostSnapshot
    /// How memory that is added is onlined.
    package var settings: OnliningSettings
    /// What was stated or taken for granted in making it, one sentence each.
    package var assumptions: [String]
    /// Bytes of a memory block, where the source tells.
    package var blockSize: ByteCount?
    /// The boot layout's inputs where they are not made from the snapshot.
    var made: BootLayoutInputs?

    package var kernel: String? { snapshot.kernel.value?.release }

    /// What the boot layout depends on, with everything that was taken for granted.
    package func inputs() throws(BootLayoutRefusal) -> BootLayoutInputs {
      if let made { return made }
      var inputs = try BootLayoutInputs(snapshot: snapshot)
      inputs.assumptions = assumptions + inputs.assumptions
      return inputs
    }
  }

  /// As the user would name it: `fleet.yaml#kvm-2s`.
  package var name: String
  /// What a spec names for it; nil where it names none.
  package var profile: Profile?
  /// How much Movable a spec asks for.
  package var wish: MovableWish?
  /// Devices that a spec plugs in.
  package var devices: [GrowthStep] = []
  /// What a spec needs contiguous or pinned.
  package var needs: [MemoryNeed] = []
  /// Whether it is a class of a spec.
  package var isClass: Bool
  /// Whether it tells what is in use; a spec and a boot log don't.
  package var tellsUse = true
  /// One for a host; one for each kernel of a class.
  package var members: [Member]

  /// Under the newest kernel: the one that a single answer is about.
  package var newest: Member? {
    members.max { left, right in
      guard let left = left.snapshot.kernel.value, let right = right.snapshot.kernel.value else {
        return false
      }
      return right.isNewer(than: left)
    }
  }
}

/// A machine among several that could not be read.
package struct UnreadMachine: Error, Sendable {
  package var name: String
  /// Whole, with its place.
  package var reason: String
}
