internal import HostModel
internal import KernelText

// Settings in files, where no machine is known: `sysctl.vm.…=` of a command line, or a line of
// sysctl.conf in its place.
extension WatermarkSettings {
  enum SettingProblem: Hashable, Sendable {
    case noReserve
    case hugeMinimum(ByteCount)
    case tinyMinimum
    case refused(String)
    case earlyReclaim(percent: UInt64)
    case giganticInMovable

    var kind: String {
      switch self {
      case .noReserve: "open"
      case .hugeMinimum, .tinyMinimum: "minimum"
      case .refused: "refused"
      case .earlyReclaim: "early"
      case .giganticInMovable: "giganticInMovable"
      }
    }

    var severity: Finding.Severity {
      switch self {
      case .noReserve, .tinyMinimum, .refused, .earlyReclaim: .warning
      // What it is a part of is not known, or somebody wants it so.
      case .hugeMinimum, .giganticInMovable: .note
      }
    }

    var remedy: Remedy {
      switch self {
      case .noReserve: .action("vm.lowmem_reserve_ratio='256 256 32 0 0' (the default)")
      case .hugeMinimum: .action(WatermarkSettings.about.remedy)
      case .tinyMinimum: .action("leave vm.min_free_kbytes to the kernel")
      case .refused, .earlyReclaim:
        .change([.write(.watermarkScale, "10")], note: "the kernel's own default")
      case .giganticInMovable: .action("leave it at 0 where memory must be unpluggable")
      }
    }

    func words(for text: String) -> FindingText {
      switch self {
      case .noReserve:
        FindingText(
          "\(text): nothing keeps user pages out of the kernel zones where there is ZONE_MOVABLE"
        )
      case .hugeMinimum(let size):
        FindingText(
          "\(text) holds back \(size.text) of the kernel zones: more than 8 % of them below "
            + "\(size.scaled(by: 100, over: 8).text)"
        )
      case .tinyMinimum:
        FindingText(
          "\(text): less than 1024 KiB is too little for requests that can't wait: the system may hang"
        )
      case .refused(let range):
        FindingText(
          "\(text) has no effect: the kernel takes \(range)"
        )
      case .earlyReclaim(let percent):
        FindingText(
          "\(text): reclaim runs until \(percent) % of each zone is free"
        )
      case .giganticInMovable:
        FindingText(
          "\(text): gigantic pages may lie in ZONE_MOVABLE, and the blocks that hold them may not go "
            + "offline"
        )
      }
    }
  }

  static func findings(in line: ArgumentContext) -> [Finding] {
    // A machine's own watermarks tell more than the setting does.
    guard line.givesMovable == nil else { return [] }
    var seen: Set<String> = []
    return line.words.reversed().compactMap { word -> Finding? in
      let name = word.normalizedName.replacing("/", with: ".")
      guard name.hasPrefix("sysctl.vm."), seen.insert(name).inserted, let value = word.value,
        let problem = problem(String(name.dropFirst("sysctl.".count)), value)
      else { return nil }
      let text = "\(name.dropFirst("sysctl.".count))=\(value)"
      return line.finding(of: Self.self, .setting(text, problem), word)
    }.reversed()
  }

  private static func problem(_ name: String, _ text: String) -> SettingProblem? {
    switch KernelSetting.sysctl(name) {
    case .lowmemReserve:
      // In the order of the zones: DMA, DMA32, Normal; with fewer entries the others stay.
      guard let ratios = KernelFormat<[UInt64]>.numbers.parse(text) else { return nil }
      let normal = ratios.count > 2 ? ratios[2] : nil
      return normal == 0 || !ratios.isEmpty && ratios.allSatisfy { $0 == 0 } ? .noReserve : nil
    case .minFree:
      guard let size = KernelFormat<ByteCount>.kibibytes.parse(text) else { return nil }
      if size < .kibibytes(1024) { return .tinyMinimum }
      return size >= .gibibytes(1) ? .hugeMinimum(size) : nil
    case .watermarkScale:
      guard let scale = KernelFormat<UInt64>.number.parse(text) else { return nil }
      guard (1...3000).contains(scale) else { return .refused("1 to 3000") }
      // Low and high watermarks lie that far above one another, in ten thousandths of a zone.
      return scale >= 1000 ? .earlyReclaim(percent: scale * 2 / 100) : nil
    case .movableGigantic:
      return text == "1" ? .giganticInMovable : nil
    default: return nil
    }
  }
}
