internal import Advice
internal import HostModel
internal import Testing

/// Sizes are in pages of 4 KiB: 256 are 1 MiB.
@Suite("The number among sizes that give one layout")
struct SizePlateauTests {
  @Test("room is what is left to the nearer end", arguments: [(100, 0), (130, 30), (190, 10)])
  func slack(_ size: UInt64, _ room: UInt64) {
    #expect(SizePlateau(least: 100, most: 200).slack(around: size) == room)
  }

  @Test(
    "it is the roundest that keeps off the ends, near the kernel memory that it gives",
    arguments: [
      // From 1 to 4096 MiB, a quarter at most and 16 MiB a node left at each end: 2 GiB is the roundest.
      (1, 4096, 1, 1, 2048),
      // 3 GiB lie below 4 GiB: sixteenths of it are near, so 2944 MiB and not 2 GiB.
      (1, 3072, 3072, 1, 2944),
      // Ends are left alone where there is room: 16 MiB for each of two nodes.
      (1000, 1040, 1, 2, 1024), (1024, 1100, 1, 1, 1056), (1024, 1100, 1, 2, 1056),
      // One MiB is all that there is.
      (1024, 1024, 1024, 1, 1024), (1023, 1023, 1023, 1, 1023), (1, 1, 1, 1, 1),
    ] as [(UInt64, UInt64, UInt64, UInt64, UInt64)]
  )
  func number(_ least: UInt64, _ most: UInt64, _ kernel: UInt64, _ nodes: UInt64, _ best: UInt64) {
    let plateau = SizePlateau(least: least << 8, most: most << 8)
    let number = plateau.number(nearest: kernel << 8, nodes: nodes, pageSize: .kib4)
    #expect(number == best << 8, "\(Double(number) / 256) MiB")
  }

  @Test(
    "where no whole MiB is among them it is in KiB, the roundest of these",
    arguments: [
      (257, 511, 384), (513, 515, 514), (700, 700, 700),
      // 1023 MiB, though 1023.5 MiB are a rounder number of KiB.
      (1023 << 8, (1023 << 8) + 128, 1023 << 8),
    ] as [(UInt64, UInt64, UInt64)]
  )
  func kibibytes(_ least: UInt64, _ most: UInt64, _ best: UInt64) {
    let plateau = SizePlateau(least: least, most: most)
    #expect(plateau.number(nearest: 1, nodes: 1, pageSize: .kib4) == best)
  }

  // 64 KiB: a KiB is less than a page, and the unit is a page then.
  @Test("pages of 64 KiB have no part of one")
  func largePages() {
    let plateau = SizePlateau(least: 17, most: 31)
    #expect(plateau.number(nearest: 1, nodes: 1, pageSize: .kib64) == 24)
  }
}
