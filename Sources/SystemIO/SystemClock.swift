internal import Glibc

/// The kernel's clocks, in seconds.
package enum SystemClock {
  /// Since 1970, as the host believes.
  package static var real: Int64 { Int64(time(nil)) }

  /// Since some moment, never set back; it goes on while the machine sleeps.
  package static var monotonic: Double {
    var now = timespec()
    // CLOCK_BOOTTIME is there since Linux 2.6.39, so it can't fail.
    unsafe clock_gettime(CLOCK_BOOTTIME, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }
}
