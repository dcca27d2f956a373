internal import HostModel

extension Postponement {
  package var text: String {
    switch self {
    case .lookAt(let key, let percent, let perDay):
      return "Look at \(key): it makes \(percent) % of the growth, \(perDay.text) a day."
    case .kernelZones(let node, let days, let forYear):
      let place = node.map { "the kernel zones of node \($0)" } ?? "the kernel zones"
      let worth = "Each GiB more in \(place) is worth \(Self.days(days))"
      guard forYear > .zero else { return worth + "." }
      return "\(worth); to last a year from now they need \(forYear.text) more."
    case .arguments(let words, let days):
      return "Boot arguments that hold the measured growth for \(days) days: "
        + words.joined(separator: " ")
    }
  }

  private static func days(_ days: Double) -> String {
    let seconds = min(days, 36_500) * 86_400
    return days < 2
      ? Duration.text(seconds: Int64(max(0, seconds))) : "\(Int(min(days, 36_500))) days"
  }
}
