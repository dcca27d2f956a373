internal import HostModel
internal import KernelBehavior
internal import KernelText

// What to do about words that come to nothing: what changes nothing can go.
extension ArgumentWithoutEffect {
  package static func remedy(for detail: Detail) -> Remedy {
    switch detail {
    case .word(let text, let cause): remedy(for: cause, of: text)
    case .noMovable(let text, _, let reason): remedy(for: reason, of: text)
    case .bothSizes(let name):
      .boot(without: name == .kernelcore ? "movablecore" : "kernelcore")
    case .eitherSize(_, _, .kernelcore): .boot(without: "movablecore")
    case .eitherSize(_, _, .movablecore): .boot(without: "kernelcore")
    case .eitherSize: .action("keep the one that you mean")
    case .noArea(_, crossesBoundary: true):
      .action("a smaller area, or one with a fixed place: cma=SIZE@START")
    case .noArea: .action("a smaller size, or a kernel that is built with CMA")
    case .areaFails(let text, let area, _): remedy(for: area, of: text)
    }
  }

  private static func remedy(for cause: Cause, of text: String) -> Remedy {
    switch cause {
    case .lessThanAPage, .zeroPercent, .noValue, .notInThisKernel, .mirrorUnknown,
      .ignoredByMovableNode, .ignoredByMirror:
      .boot(without: text)
    // The one that counts stays, once.
    case .overridden(let later?) where later.prefix { $0 != "=" } == text.prefix { $0 != "=" }:
      later == text ? .boot(later) : .boot(without: text)
    case .overridden: .boot(without: text)
    case .fromBootconfig: .action("put it on the boot loader's own command line")
    case .hotplug(let fault): remedy(for: fault, of: text)
    case .hugePages:
      .action("give each hugepagesz= once, with one hugepages= behind it")
    case .fraction(let whole): .boot("\(text.prefix { $0 != "=" })=\(whole)")
    case .impossible: .action("ask for an area that the machines can have")
    case .leftToArea:
      .action("ask for the pages once the kernel runs (nr_hugepages), or leave hugetlb_cma= away")
    }
  }

  private static func remedy(for fault: HotplugArgument.Fault, of text: String) -> Remedy {
    let name = text.prefix { $0 != "=" }
    let value = text.dropFirst(name.count + 1)
    func meant(_ known: [String]) -> Remedy {
      let plain = plain(value)
      guard let word = known.first(where: { Self.plain($0[...]) == plain }) else {
        return .action("write one of \(known.joined(separator: ", "))")
      }
      return .boot("\(name)=\(word)")
    }
    return switch fault {
    case .noDefaultState, .noDefaultZones, .noPolicies, .otherPolicy, .noMemmapOnMemory,
      .memmapOnMemoryRefused:
      .boot(without: text)
    case .noSuchState: meant(["offline", "online", "online_kernel", "online_movable"])
    case .noSuchPolicy: meant(["contig-zones", "auto-movable"])
    }
  }

  /// Letters alone, for words that differ in how their parts are joined.
  private static func plain(_ text: Substring) -> String { text.lowercased().filter(\.isLetter) }

  private static func remedy(for reason: NoMovable.Reason, of text: String) -> Remedy {
    switch reason {
    case .allMemory, .allPercent:
      .action("ask for less than all of it: zonewise advise --want max tells what is safe")
    case .nothingHotPluggable:
      .action("leave it away, unless memory that is added later shall be Movable")
    case .nothingMirrored: .boot(without: text)
    case .hotPluggableUnknown:
      .action("give the firmware's marks (ACPI SRAT), or leave it away where there are none")
    case .undetermined: .action(about.remedy)
    }
  }

  private static func remedy(for area: BootReservation, of text: String) -> Remedy {
    switch area.outcome {
    case .placed: .nothing("it has its area")
    case .acrossZones(let crossing):
      .action(
        crossing.zone == .movable
          ? "an area that ends below ZONE_MOVABLE, or a start of ZONE_MOVABLE outside the area"
          : "an area that lies in one zone"
      )
    case .refused(let refusal): remedy(for: refusal, of: text)
    }
  }

  private static func remedy(for refusal: BootReservation.Refusal, of text: String) -> Remedy {
    switch refusal {
    case .noRoom, .beyondLimit: .action("a smaller size, or remove it")
    case .belowHugePage(let page), .notWholeHugePages(let page):
      .action("a multiple of \(page.text) on each node")
    case .misplaced(let unit): .action("a place that is a multiple of \(unit.text)")
    case .noSuchNode, .notOnThisArchitecture, .notInThisKernel, .notBuilt: .boot(without: text)
    }
  }
}
