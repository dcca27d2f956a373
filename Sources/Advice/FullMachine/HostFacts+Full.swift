package import HostModel

extension HostFacts {
  /// The host once user memory fills it.
  package var full: Reading<FullMachine> {
    do throws(FullMachine.Unknown) {
      return .known(try FullMachine(self))
    } catch {
      return .unknown(error.reason)
    }
  }
}
