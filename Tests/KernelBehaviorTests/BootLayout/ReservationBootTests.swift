internal import Foundation
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import TestSupport
internal import Testing

/// Kernels that were booted with memory set apart: where they say that it lies.
@Suite("Memory set apart by booted kernels")
struct ReservationBootTests {
  /// What a kernel said.
  struct Said: Hashable {
    /// Start and MiB of areas that were reserved at an address.
    var areas: [Place] = []
    /// Node and MiB of areas for gigantic pages.
    var gigantic: [Place] = []
    var crash: [Place] = []
    var givenUp = 0
    var refused = 0
    var skipsPages = false

    struct Place: Hashable {
      var start: UInt64
      var mebibytes: UInt64
    }
  }

  static let boots = LabBoot.all.filter { $0.description.contains("-apart-") }

  @Test("recorded boots are there")
  func recorded() { #expect(Self.boots.count >= 18) }

  @Test("areas and crash kernels lie where the kernel says", arguments: boots)
  func places(_ boot: LabBoot) throws {
    var inputs = try boot.inputs()
    // Debian's x86 kernels before 7 are built without CMA.
    if inputs.kernel.version.value.map({ $0.releaseNumber.major < 7 }) == true {
      inputs.kernel.config = .known(KernelConfig(options: ["CMA": .no], input: "boot/config"))
    }
    let line = try #require(inputs.commandLine)
    let layout = try inputs.predict(inputs.arguments(line))
    let reservations = inputs.reservations(line, in: layout)
    var predicted = Self.predicted(reservations, inputs.map.pageSize)
    let words = KernelCommandLineText.arguments(line)
    predicted.skipsPages =
      words.contains { $0.name == "hugepages" }
      && HugeTLBArguments.leavesGiganticPages(words, kernel: inputs.kernel)
    #expect(predicted == (try said(boot)))
  }

  private static func predicted(_ reservations: BootReservations, _ pageSize: PageSize) -> Said {
    var said = Said()
    func place(_ frames: FrameRange) -> Said.Place {
      Said.Place(
        start: frames.start.address(pageSize: pageSize).count,
        mebibytes: frames.pages.bytes(of: pageSize).count >> 20
      )
    }
    for reservation in reservations.all {
      var placed: (FrameRange, NodeID)?
      switch reservation.outcome {
      case .placed(let frames, let node): placed = (frames, node)
      case .acrossZones(let crossing):
        placed = (crossing.frames, crossing.node)
        said.givenUp += 1
      case .refused(.notBuilt): break
      case .refused: said.refused += 1
      }
      guard let placed else { continue }
      switch reservation.purpose {
      case .crashKernel: said.crash.append(place(placed.0))
      case .hugePages:
        var area = place(placed.0)
        area.start = UInt64(placed.1.number)
        said.gigantic.append(area)
      case .devices, .crashArea, .handover: said.areas.append(place(placed.0))
      }
    }
    return said
  }

  private func said(_ boot: LabBoot) throws -> Said {
    var said = Said()
    let text = try String(contentsOf: boot.folder.appending(path: "boot.log"), encoding: .utf8)
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ").map(String.init)
      func number(after word: String) throws -> UInt64 {
        let index = try #require(words.firstIndex(of: word))
        let text = words[index + 1]
        return try #require(
          text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        )
      }
      if line.contains("cma: Reserved"), line.contains(" at 0x") {
        said.areas.append(
          Said.Place(start: try number(after: "at"), mebibytes: try number(after: "Reserved"))
        )
      } else if line.contains("hugetlb_cma: reserved") {
        said.gigantic.append(
          Said.Place(start: try number(after: "node"), mebibytes: try number(after: "reserved"))
        )
      } else if line.contains("could not be activated") {
        said.givenUp += 1
      } else if line.contains("cma: Failed to reserve")
        || line.contains("hugetlb_cma: cma area must")
      {
        said.refused += 1
      } else if line.contains("skip boot time allocation") {
        said.skipsPages = true
      } else if line.contains("crashkernel reserved:")
        || line.contains("crashkernel low memory reserved:")
      {
        let start = try number(after: "reserved:")
        let end = try number(after: "-")
        said.crash.append(Said.Place(start: start, mebibytes: (end - start) >> 20))
      } else if line.contains("for crashkernel"), line.contains("Reserving"), line.contains("MB") {
        // 6.1 and before: "Reserving 64MB of low memory at 2992MB for crashkernel"
        let sizes = words.filter { $0.hasSuffix("MB") }.compactMap { UInt64($0.dropLast(2)) }
        said.crash.append(
          Said.Place(start: try #require(sizes.dropFirst().first) << 20, mebibytes: sizes[0])
        )
      }
    }
    return said
  }

  // MARK: mem=, memmap=, numa=

  static let limited = [
    ("6.1-apart-mem", "6.1-one-6G-movablecore-half"),
    ("7.x-apart-memmap-reserved", "7.x-one-6G-movablecore-half"),
    ("5.10-apart-memmap-persistent", "5.10-one-6G-movablecore-half"),
  ]

  /// `mem=3000M`, which each architecture takes in its own way (`MemoryArguments`).
  static let architectures = [
    "6.1-i386", "7.x-arm64", "7.x-loong64", "7.x-ppc64el", "7.x-riscv64", "7.x-s390x",
  ].map { ("\($0)-limited-mem-3000M-kernelcore-1G", "\($0)-one-plain") }

  @Test(
    "the zones under mem= and memmap= follow from a boot without them",
    arguments: limited + architectures
  )
  func limits(name: String, whole: String) throws {
    let boot = try #require(LabBoot.all.first { $0.description == name })
    let other = try #require(LabBoot.all.first { $0.description == whole })
    let line = try #require(try boot.inputs().commandLine)
    let machine = try other.inputs().booted(with: line)
    let layout = try machine.predict(machine.arguments(line))
    let zones = layout.nodes.flatMap(\.zones).map { [$0.frames.start.number, $0.present.count] }
    #expect(Set(zones) == Set(try boot.zones().map { [$0.start, $0.present] }))
  }

  @Test("numa=off leaves one node")
  func oneNode() throws {
    let boot = try #require(
      LabBoot.all.first { $0.description == "6.1-apart-numa-off" }
    )
    let other = try #require(
      LabBoot.all.first { $0.description == "7.x-apart-crashkernel-cma" }
    )
    let line = try #require(try boot.inputs().commandLine)
    let machine = try other.inputs().booted(with: line)
    let layout = try machine.predict(machine.arguments(line))
    #expect(layout.nodes.map(\.id) == [0])
    let zones = layout.nodes.flatMap(\.zones).map { [$0.frames.start.number, $0.present.count] }
    #expect(Set(zones) == Set(try boot.zones().map { [$0.start, $0.present] }))
  }
}
