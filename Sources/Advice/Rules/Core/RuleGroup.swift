/// What a rule is about at large: the first digit of its code.
package enum RuleGroup: Character, CaseIterable, Sendable {
  case zones = "1"
  case devices = "2"
  case commandLine = "3"
  case pinning = "4"
  case growth = "5"
  case goals = "6"
  case suppressions = "8"
  case inputs = "9"

  package var title: String {
    switch self {
    case .zones: "Zones and kernel memory"
    case .devices: "Devices, balloons, hot-plug"
    case .commandLine: "Command line"
    case .pinning: "Pinning"
    case .growth: "Growth (zonewise plan)"
    case .goals: "Goals of machine classes (zonewise check)"
    case .suppressions: "Suppressions (zonewise check)"
    case .inputs: "Inputs and kernels"
    }
  }

  /// One word for programs.
  package var tag: String {
    switch self {
    case .zones: "zones"
    case .devices: "devices"
    case .commandLine: "command-line"
    case .pinning: "pinning"
    case .growth: "growth"
    case .goals: "fleet"
    case .suppressions: "suppressions"
    case .inputs: "inputs"
    }
  }
}

extension RuleDescription {
  package var group: RuleGroup? { code.dropFirst(2).first.flatMap { RuleGroup(rawValue: $0) } }
}
