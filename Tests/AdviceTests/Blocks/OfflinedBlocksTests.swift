internal import Advice
internal import HostModel
internal import KernelBehavior
internal import Testing

@Suite("Blocks that booted kernels took offline or refused")
struct OfflinedBlocksTests {
  @Test("The fixtures are there, of every architecture that lets boot memory go")
  func fixtures() {
    let machines = OfflinedBlocks.all
    #expect(machines.count >= 30)
    for name in ["s390x", "ppc64el", "riscv64", "arm64"] {
      #expect(machines.contains { $0.testDescription.contains(name) }, "\(name)")
    }
  }

  // ppc64 reserves below 1 GiB and below 4 GiB too, s390x where its decompressor found room.
  @Test("Where reservations may be anywhere, a refused block is never called free of them")
  func reservedAnywhere() throws {
    var refused = 0
    for machine in OfflinedBlocks.all where !machine.reservesAtTop {
      for view in OfflinedBlocks.View.allCases {
        guard let report = try machine.report(view) else { continue }
        for block in report.blocks where block.zone == .movable {
          guard machine.answers[block.block.number] != "ok" else { continue }
          refused += 1
          let isCertain = view == .everyPage
          #expect(block.offlinable >= (isCertain ? .no : .unknown), "\(block.block.number)")
          #expect(block.reasons.contains(.reservedPages))
        }
      }
    }
    #expect(refused > 20)
  }

  @Test("No yes is refused", arguments: OfflinedBlocks.viewed)
  func noFalseYes(machine: OfflinedBlocks, view: OfflinedBlocks.View) throws {
    let report = try #require(try machine.report(view))
    for offlinability in report.blocks where offlinability.offlinable == .yes {
      let answer = machine.answers[offlinability.block.number]
      #expect(answer == "ok", "block \(offlinability.block.number): \(answer ?? "not tried")")
    }
  }

  @Test("A no is never taken", arguments: OfflinedBlocks.viewed)
  func noFalseNo(machine: OfflinedBlocks, view: OfflinedBlocks.View) throws {
    let report = try #require(try machine.report(view))
    for offlinability in report.blocks where offlinability.offlinable == .no {
      #expect(
        machine.answers[offlinability.block.number] != "ok",
        "block \(offlinability.block.number): \(offlinability.reasons)"
      )
    }
  }

  @Test(
    "At most 5 % of what is called unlikely or no goes offline all the same",
    arguments: OfflinedBlocks.View.allCases
  )
  func fewFalseRefusals(view: OfflinedBlocks.View) throws {
    var judged = 0
    var wrong: [String] = []
    for machine in OfflinedBlocks.all {
      guard let report = try machine.report(view) else { continue }
      for offlinability in report.blocks where offlinability.offlinable > .unknown {
        judged += 1
        if machine.answers[offlinability.block.number] == "ok" {
          wrong.append(
            "\(machine.testDescription) \(offlinability.block.number): \(offlinability.reasons)"
          )
        }
      }
    }
    #expect(judged > 20)
    #expect(wrong.count * 20 <= judged, "\(wrong.count) of \(judged): \(wrong)")
  }

  @Test("Movable blocks that go offline are called so", arguments: OfflinedBlocks.View.allCases)
  func mostYes(view: OfflinedBlocks.View) throws {
    var accepted = 0
    var missed: [String] = []
    for machine in OfflinedBlocks.all {
      guard let report = try machine.report(view) else { continue }
      // There only a look at every page tells: what is reserved may be anywhere, and CMA areas are.
      if view != .everyPage, !machine.reservesAtTop { continue }
      for offlinability in report.blocks
      where offlinability.zone == .movable && machine.answers[offlinability.block.number] == "ok" {
        // No page tells that it belongs to a CMA area.
        if offlinability.offlinable == .unknown, offlinability.reasons == [.cma] { continue }
        accepted += 1
        if offlinability.offlinable != .yes {
          missed.append(
            "\(machine.testDescription) \(offlinability.block.number): \(offlinability.reasons)"
          )
        }
      }
    }
    #expect(accepted > 30)
    // Without /proc/iomem the kernel image may be anywhere among the reserved pages.
    let allowed = view == .unprivileged ? accepted : accepted / 20
    #expect(missed.count <= allowed, "\(missed.count) of \(accepted): \(missed)")
  }

  @Test(
    "With every page looked at, hardly a block stays unknown",
    arguments: OfflinedBlocks.all.filter(\.hasPages)
  )
  func everyPage(machine: OfflinedBlocks) throws {
    let report = try #require(try machine.report(.everyPage))
    // Pins in ZONE_MOVABLE of an old kernel, and CMA areas, are seen as numbers only.
    let unknown = report.blocks.filter {
      $0.offlinable == .unknown && Set($0.reasons).isDisjoint(with: [.pinned, .cma])
    }
    #expect(unknown.count * 20 <= report.blocks.count)
  }
}
