internal import Glibc

/// Holds back the signals that end a process, so that it ends between two steps of its work.
package struct SignalWait {
  private let held: sigset_t

  /// Signals of a kind that is ignored already (nohup) stay so.
  package init() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      unsafe sigaction(signal, nil, &action)
      // SIG_DFL is the null pointer; nothing else handles these before this does.
      if unsafe action.__sigaction_handler.sa_handler == nil { unsafe sigaddset(&set, signal) }
    }
    held = set
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits; the signal that came meanwhile or before, nil where the time is over.
  package func wait(seconds: Double) -> Int32? {
    var set = held
    let end = SystemClock.monotonic + max(0, seconds)
    while true {
      let left = max(0, end - SystemClock.monotonic)
      var time = timespec(
        tv_sec: Int(left),
        tv_nsec: Int((left - left.rounded(.down)) * 1e9)
      )
      let signal = unsafe sigtimedwait(&set, nil, &time)
      if signal > 0 { return signal }
      if errno == EAGAIN { return nil }
    }
  }

  /// Ends the process as the signal would have.
  package func end(by signal: Int32) -> Never {
    var set = held
    var action = sigaction()
    unsafe sigaction(signal, &action, nil)
    raise(signal)
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    // The first process of a container outlives a signal that it does not handle.
    _exit(128 + signal)
  }
}
