import History
import HostModel

/// A series whose truth is known: headroom that shrinks, with what real series have beside it.
struct SyntheticSeries {
  /// What is laid over the trend.
  enum Kind: String, CaseIterable {
    case quiet = "trend and noise"
    case sticky = "noise that lasts for hours"
    case daily = "daily cycle"
    case weekly = "daily and weekly cycle"
    case step = "a step of the level"
    case reset = "reboots that give back what leaked"
    case unseenReset = "the same, with no boot recorded"
    case gaps = "missing hours and days"
    case bugs = "counter bugs"
    case everything = "all of it"
  }

  let kind: Kind
  /// What a program would have measured, until `end`.
  private(set) var measured = SampleSeries()
  private(set) var boots: [Int64] = []
  /// Hours of the whole series, the part behind `end` too: without bugs and gaps.
  private(set) var future: [(time: Int64, value: Double)] = []
  /// When the trend with its season gets to zero.
  private(set) var exhaustion: Double?
  let end: Int64

  static let start: Int64 = 1_735_689_600  // 1 January 2025, a Wednesday
  static let gibibyte = 1_073_741_824.0

  init(_ kind: Kind, seed: UInt64, days: Int = 60) {
    self.kind = kind
    var random = Generator(seed: seed)
    let hours = days * 24
    end = Self.start + Int64(hours) * 3600
    // Gone after 1.3 to 2 times the measured time.
    let rate = (3 + 9 * random.uniform()) * Self.gibibyte / Double(hours)
    let last = Double(hours) * (1.3 + 0.7 * random.uniform())
    let drop = rate * Double(hours)
    let noise = drop * (0.01 + 0.05 * random.uniform())
    let lasting = [.sticky, .everything].contains(kind) ? 0.9 + 0.08 * random.uniform() : 0.3
    let day = has(.daily, .weekly, .everything) ? drop * (0.03 + 0.07 * random.uniform()) : 0
    let week = has(.weekly, .everything) ? drop * (0.03 + 0.05 * random.uniform()) : 0
    let steps = has(.step, .everything)
    let stepAt = Int(Double(hours) * (0.25 + 0.5 * random.uniform()))
    let stepBy = drop * (0.3 + 0.3 * random.uniform()) * (random.uniform() < 0.5 ? -1 : 1)
    let resets = has(.reset, .unseenReset)
    let between = Int(Double(hours) * (0.28 + 0.15 * random.uniform()))
    let base = rate * last
    var deviation = random.normal() * noise
    for hour in 0..<2 * hours {
      let time = Self.start + Int64(hour) * 3600
      var line = base - rate * Double(hour)
      if steps, hour < stepAt { line += stepBy }
      // A reboot gives back half of what leaked since the last.
      if resets {
        let lastBoot = min(hour, hours - 1) / between * between
        line -= rate * Double(between) * 0.5 * Double((hours - 1) / between - lastBoot / between)
      }
      // The working day is deep, the weekend high.
      let hourOfDay = hour % 24
      let weekday = (hour / 24 + 2) % 7
      var season = day * (hourOfDay >= 8 && hourOfDay < 18 ? -1 : 0.7)
      season += week * (weekday >= 5 ? 1 : -0.4)
      deviation =
        deviation * lasting
        + random.normal() * noise * (1 - lasting * lasting).squareRoot()
      if hour >= hours {
        future.append((time, line + season + deviation))
        if exhaustion == nil, line + season <= 0 { exhaustion = Double(time) }
        continue
      }
      if resets, hour > 0, hour % between == 0, kind == .reset { boots.append(time) }
      var value = max(0, line + season + deviation)
      if has(.gaps, .everything) {
        if hour % 24 == 3 || hour / 24 % 17 == 5 || random.uniform() < 0.05 { continue }
      }
      if has(.bugs, .everything) {
        let dice = random.uniform()
        if dice < 0.005 { value = 0 }
        if dice > 0.995 { value = 1.8e19 }
      }
      measured.append(time, ByteCount(UInt64(value)))
    }
  }

  private func has(_ kinds: Kind...) -> Bool { kinds.contains(kind) }

  /// Steele, Lea and Flood's SplitMix64: the same numbers on every machine.
  struct Generator {
    var state: UInt64

    init(seed: UInt64) {
      state = seed
      // The states of neighbouring seeds would meet again after a step.
      state = next() ^ (seed &* 0xD6E8_FEB8_6659_FD93)
    }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// The sum of twelve uniform values is normal enough for noise, and needs no library.
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
  }
}
