internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import TestSupport
internal import Testing

/// Kernels that were booted: their own messages in, every zone of every node compared.
@Suite("Booted kernels")
struct LabBootTests {
  static let boots = LabBoot.all

  @Test("recorded boots are there")
  func recorded() {
    #expect(Self.boots.count >= 100)
  }

  @Test("start, spanned and present of every zone are the kernel's own", arguments: boots)
  func zones(_ boot: LabBoot) throws {
    let inputs = try boot.inputs()
    let layout = try inputs.predict(inputs.arguments(try #require(inputs.commandLine)))
    #expect(layout.labZones == (try boot.zones()))
    #expect(inputs.agrees(layout) == true)
    #expect(inputs.isExact, "\(inputs.assumptions)")
  }

  @Test("page size and largest order are read or assumed right", arguments: boots)
  func pageSizeAndOrder(_ boot: LabBoot) throws {
    let inputs = try boot.inputs()
    #expect(try boot.fact("page_size") == String(inputs.map.pageSize.bytes.count))
    let usual = inputs.map.architecture.usualMaxOrder(inputs.map.pageSize)
    #expect(inputs.map.maxOrder == usual)
  }
}

extension LabBoot {
  /// The machine as its log tells it.
  func inputs() throws -> BootLayoutInputs {
    let bytes = try log()
    let log = try BootLogText.parse(bytes.span, file: description)
    let columns = try #require(try fact("buddy_columns").flatMap { UInt8($0) })
    return try BootLayoutInputs(log: log, overrides: .init(maxOrder: columns - 1))
  }
}

extension BootLayout {
  /// The zones as the lab records a kernel's own.
  var labZones: Set<LabBoot.Zone> {
    Set(
      nodes.flatMap { node in
        node.zones.map {
          LabBoot.Zone(
            node: node.id.number,
            name: $0.kind.name,
            start: $0.frames.start.number,
            spanned: $0.spanned.count,
            present: $0.present.count
          )
        }
      }
    )
  }
}
