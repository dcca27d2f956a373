internal import Glibc

/// A thread of its own for work that blocks: the pool of Swift's tasks has one a cpu and must not.
package enum WorkerThread {
  private final class Work: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts one that runs for as long as its work does; without room for another thread, none.
  package static func start(_ run: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    // The thread takes over the one reference; where none begins, it is given back below.
    let work = unsafe Unmanaged.passRetained(Work(run))
    let status = unsafe pthread_create(
      &thread,
      nil,
      { work in
        guard let work = unsafe work else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().run()
        return nil
      },
      work.toOpaque()
    )
    guard status == 0 else { return unsafe work.release() }
    pthread_detach(thread)
  }
}
