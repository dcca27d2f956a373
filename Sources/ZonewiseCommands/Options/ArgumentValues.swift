internal import Advice
internal import ArgumentParser
internal import BootArguments
internal import Capacity
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import Reports
internal import SourceText

// How the values of options are read: each once, with what it takes in the message.

extension TextOrJSON: ExpressibleByArgument {}
extension PlanFormat: ExpressibleByArgument {}
extension ForecastAnswer.Format: ExpressibleByArgument {}
extension CapacityFormat: ExpressibleByArgument {}
extension DiffFormat: ExpressibleByArgument {}
extension CheckFormat: ExpressibleByArgument {}
extension OnlineType: ExpressibleByArgument {}
extension OnlinePolicy: ExpressibleByArgument {}
extension MemmapOnMemory: ExpressibleByArgument {}

/// Readers for `transform:`, which say what would be right.
enum ArgumentValue {
  static func wish(_ text: String) throws -> MovableWish {
    guard let wish = MovableWish(text: text) else {
      throw ValidationError("--want takes max, a size (64GiB) or a ratio (3:1), not '\(text)'")
    }
    // The smallest memory block there is: less can't be offline, and no boundary is so fine.
    if case .size(let size) = wish, size < .mebibytes(1) {
      throw ValidationError(
        "--want \(text): \(size == .zero ? "none" : "less than a MiB") is no size of ZONE_MOVABLE; "
          + "give max, a size (64GiB) or a ratio (3:1)"
      )
    }
    if case .ratio(let ratio) = wish, ratio.movable == 0 || ratio.kernel == 0 {
      throw ValidationError("--want \(text): both sides of a ratio must be above zero, as in 3:1")
    }
    return wish
  }

  static func need(_ text: String) throws -> MemoryNeed {
    do throws(MemoryNeed.Mistake) { return try MemoryNeed(text: text) } catch {
      throw ValidationError("--need \(error)")
    }
  }

  static func size(_ option: String) -> @Sendable (String) throws -> ByteCount {
    { text in
      guard let size = ByteCount(text: text), size > 0 else {
        throw ValidationError("--\(option) takes a size such as 2GiB, not '\(text)'")
      }
      return size
    }
  }

  static func architecture(_ text: String) throws -> Architecture {
    guard let architecture = Architecture(name: text) else {
      let known = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--arch takes one of \(known), not '\(text)'")
    }
    return architecture
  }

  static func pageSize(_ text: String) throws -> PageSize {
    guard let size = ByteCount(text: text).flatMap({ PageSize(bytes: $0.count) }) else {
      throw ValidationError("--page-size takes 4K, 8K, 16K or 64K, not '\(text)'")
    }
    return size
  }

  static func kernel(_ text: String) throws -> KernelVersion {
    guard let version = KernelVersion(release: text) else {
      throw ValidationError("--kernel takes a release such as 6.12, not '\(text)'")
    }
    return version
  }

  static func maxOrder(_ text: String) throws -> UInt8 {
    guard let order = UInt8(text), order <= 20 else {
      throw ValidationError("--max-order takes a number up to 20, not '\(text)'")
    }
    return order
  }

  static func device(_ text: String) throws -> GrowthStep {
    do throws(GrowthStep.Mistake) {
      return try GrowthStep(text: text)
    } catch {
      throw ValidationError("--add \(text): \(error)")
    }
  }

  static func deviceKind(_ text: String) throws -> HotplugDevice {
    guard let kind = HotplugDevice(name: text), kind.isRAM else {
      throw ValidationError("--device takes a kind of RAM, not '\(text)'")
    }
    return kind
  }

  static func day(_ text: String) throws -> CalendarDate {
    guard let day = CalendarDate(text: text) else {
      throw ValidationError("--date takes a day as 2026-01-31, not '\(text)'")
    }
    return day
  }

  static func target(_ text: String) throws -> BootTarget {
    guard let target = BootTargets.named(text) else {
      let known = BootTargets.all.map(\.name).joined(separator: ", ")
      throw ValidationError("no target '\(text)'; there are \(known)")
    }
    return target
  }

  static func termGrowth(_ text: String) throws -> TermGrowth {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let percent = WhatIf.percent(String(parts[1])) else {
      throw ValidationError(
        "--grow takes TERM=2x or all=2x, a factor up to 1000x, not '\(text)'"
      )
    }
    if parts[0] == "all" { return .all(percent: percent) }
    guard let term = TermID(id: String(parts[0])) else {
      let known = TermID.measurable.map(\.id).joined(separator: ", ")
      throw ValidationError("--grow \(text): no term '\(parts[0])'; there are all, \(known)")
    }
    return .term(term, percent: percent)
  }

  static func grouping(_ text: String) throws -> HostGrouping {
    do throws(NamePattern.Mistake) { return try HostGrouping(text: text) } catch {
      throw ValidationError("--group-by \(text), column \(error.column): \(error.problem)")
    }
  }

  static func days(_ text: String) throws -> Int {
    guard let days = Int(text.hasSuffix("d") ? String(text.dropLast()) : text),
      (1...3650).contains(days)
    else { throw ValidationError("--horizon takes days, such as 180d, not '\(text)'") }
    return days
  }

  /// A span of time, in seconds: `90s`, `15m`, `6h`, `30d`, `8w`.
  static func span(_ option: String) -> @Sendable (String) throws -> Int64 {
    { text in
      let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
      guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
        (1...1_000_000).contains(number), number * unit <= 20 * 366 * 86_400
      else {
        throw ValidationError(
          "--\(option) takes a time such as 10s, 5m, 6h, 30d or 8w, not '\(text)'"
        )
      }
      return number * unit
    }
  }

  static func yesNo(_ option: String) -> @Sendable (String) throws -> Bool {
    { text in
      switch text {
      case "yes": return true
      case "no": return false
      default: throw ValidationError("--\(option) takes yes, no, not '\(text)'")
      }
    }
  }
}
