internal import ArgumentParser
internal import Reports
internal import SourceText
internal import SystemIO

/// `zonewise watch`: this host's zones, terms and findings as they change.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Watch this host's zones, headroom and terms as they change.",
    discussion: """
      Keys: q quit, s sort, up and down or j and k choose a term, enter explains it, space holds.
      Where output is no terminal, or TERM is dumb, each look is printed below the last:
        zonewise watch --once
        zonewise watch --interval 10s --count 6 > looks.txt
      """
  )

  @Option(
    help: ArgumentHelp("Time from one look to the next, such as 2s or 1m.", valueName: "time"),
    transform: ArgumentValue.span("interval")
  )
  var interval: Int64 = 2

  @Option(help: ArgumentHelp("Looks; without it, until q or a signal.", valueName: "number"))
  var count: Int?

  @Flag(help: "One look, printed.")
  var once = false

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count takes a number from 1, not \(count)") }
    if once, count != nil { throw ValidationError("--once is --count 1: take one of them") }
  }

  func run() throws { try Runner.run(watch) }

  private func watch() throws {
    let judge = HostObserver(workload: try profileOptions.workload())
    let signals = SignalWait()
    let keys = once || common.style.isPlain ? nil : TerminalKeys()
    var terminal = WatchTerminal(keys: keys)
    var history = WatchHistory()
    var left = once ? 1 : count ?? .max
    var next = SystemClock.monotonic
    defer { terminal.close() }
    terminal.open()
    while true {
      if !history.isHeld {
        do {
          history.add(try judge.live(), at: SystemClock.monotonic)
        } catch let failure as any CommandFailure {
          // A moment that can't be judged is a gap, not the end; the first one is.
          if !history.hasLooks { throw failure }
          history.failure = failure.reported
        }
      }
      left -= 1
      terminal.show(history, title, common.style)
      guard left > 0 else { return }
      next = max(next + Double(interval), SystemClock.monotonic)
      guard try pause(until: next, signals, &terminal, &history) else { return }
    }
  }

  private var title: String {
    "\(CivilTime(seconds: SystemClock.real).timestamp), every \(interval) s"
  }

  /// Waits for the next look, and does meanwhile what keys ask for; false where it is to end.
  private func pause(
    until end: Double,
    _ signals: SignalWait,
    _ terminal: inout WatchTerminal,
    _ history: inout WatchHistory
  ) throws -> Bool {
    while true {
      let left = end - SystemClock.monotonic
      guard left > 0 else { return true }
      guard let keys = terminal.keys else {
        if let signal = signals.wait(seconds: left) { signals.end(by: signal) }
        return true
      }
      let key = keys.next(seconds: min(left, 0.25))
      if let signal = signals.wait(seconds: 0) {
        terminal.close()
        signals.end(by: signal)
      }
      switch key {
      case nil: if !terminal.hasNewSize { continue }
      case .end, .character(UInt8(ascii: "q")): return false
      case .up, .character(UInt8(ascii: "k")): history.press(.up)
      case .down, .character(UInt8(ascii: "j")): history.press(.down)
      case .character(UInt8(ascii: "s")): history.press(.sort)
      case .character(0x0A), .character(0x0D): history.press(.open)
      case .character(0x1B): history.press(.back)
      case .character(UInt8(ascii: " ")): history.press(.hold)
      case .character: continue
      }
      terminal.show(history, title, common.style)
    }
  }
}
