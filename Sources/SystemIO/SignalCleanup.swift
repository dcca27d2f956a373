internal import Glibc
internal import Synchronization

/// Removes temporary files when the process ends early: by a signal, after which it ends as the signal
/// says (128 and its number to a shell), or by an exit from anywhere.
///
/// The handler only calls what signal(7) allows: unlink, sigaction, raise and _exit, on memory that
/// was there before the handler was.
enum SignalCleanup {
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXCPU]
  /// More files than one run writes.
  private static let capacity = 64

  /// Addresses of names, zero where a slot is free. Never freed, as the handler may come at any time.
  private nonisolated(unsafe) static let slots: UnsafeMutablePointer<UInt> = {
    let slots = UnsafeMutablePointer<UInt>.allocate(capacity: capacity)
    unsafe slots.initialize(repeating: 0, count: capacity)
    return unsafe slots
  }()

  private static let lock = Mutex(false)

  /// Keeps a name until it is forgotten; nil where there is no room left.
  static func register(_ name: String) -> Int? {
    lock.withLock { isInstalled in
      // The slots are below `capacity`, for which there is memory.
      guard let slot = (0..<capacity).first(where: { unsafe slots[$0] == 0 }),
        let copy = unsafe strdup(name)
      else { return nil }
      unsafe slots[slot] = UInt(bitPattern: copy)
      if !isInstalled {
        isInstalled = true
        install()
      }
      return slot
    }
  }

  /// The name's copy is left to the process's end, for the handler may be reading it.
  static func forget(_ slot: Int?) {
    guard let slot else { return }
    lock.withLock { _ in unsafe slots[slot] = 0 }
  }

  /// Holds the signals back in this thread; what was held back before.
  static func block() -> sigset_t {
    var set = sigset_t()
    var old = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &set, &old)
    return old
  }

  static func unblock(_ old: sigset_t) {
    var old = old
    unsafe pthread_sigmask(SIG_SETMASK, &old, nil)
  }

  private static func install() {
    // A file that grows beyond RLIMIT_FSIZE is then a write that fails, which is said. Ignoring the
    // signal would outlive exec(3).
    set(SIGXFSZ) { _ in }
    atexit { SignalCleanup.removeAll() }
    for signal in signals {
      var old = sigaction()
      unsafe sigaction(signal, nil, &old)
      // What is ignored stays so: nohup(1) means it.
      if unsafe old.__sigaction_handler.sa_handler == nil { set(signal, handler) }
    }
  }

  private static func set(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = handler
    unsafe sigemptyset(&action.sa_mask)
    unsafe sigaction(signal, &action, nil)
  }

  private static func removeAll() {
    for slot in 0..<capacity {
      // A slot is zero or the address of a copy that is never freed.
      let address = unsafe slots[slot]
      if address != 0, let name = unsafe UnsafePointer<CChar>(bitPattern: address) {
        unsafe unlink(name)
      }
    }
  }

  private static let handler: @convention(c) (Int32) -> Void = { signal in
    SignalCleanup.removeAll()
    var action = sigaction()
    unsafe sigaction(signal, &action, nil)
    raise(signal)
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe pthread_sigmask(SIG_SETMASK, &set, nil)
    // The first process of a container outlives a signal that it does not handle.
    _exit(128 + signal)
  }
}
