internal import HostModel
internal import TestSupport
internal import Testing

@Suite("Quantities")
struct QuantityTests {
  /// Values around every edge, and some between.
  private static let counts: [UInt64] = {
    var random = SeededGenerator(seed: 1)
    let edges: [UInt64] = [0, 1, 2, 4095, 4096, 1 << 32, 1 << 63, .max - 1, .max]
    return edges + (0..<40).map { _ in random.next() >> UInt64.random(in: 0..<64, using: &random) }
  }()

  @Test("a sum is exact or the largest value, never wrapped")
  func sums() {
    for left in Self.counts {
      for right in Self.counts {
        let (sum, overflow) = left.addingReportingOverflow(right)
        #expect((ByteCount(left) + ByteCount(right)).count == (overflow ? .max : sum))
        #expect(ByteCount(left) + ByteCount(right) >= ByteCount(left))
        #expect(ByteCount(left) + ByteCount(right) == ByteCount(right) + ByteCount(left))
      }
    }
  }

  @Test("a difference is exact or, as was asked for, zero or nil, never wrapped")
  func differences() {
    for left in Self.counts {
      for right in Self.counts {
        let exact = left >= right ? PageCount(left - right) : nil
        #expect(PageCount(left).subtracting(PageCount(right)) == exact)
        #expect(PageCount(left).subtractingOrZero(PageCount(right)) == exact ?? .zero)
      }
    }
  }

  @Test("what is taken and what is left are the whole, and no more is taken than is there")
  func taking() {
    for whole in Self.counts {
      for most in Self.counts {
        var left = PageCount(whole)
        let taken = left.take(upTo: PageCount(most))
        #expect(taken.count == min(whole, most))
        #expect(left + taken == PageCount(whole))
      }
    }
  }

  @Test("a product is exact or the largest value, never wrapped")
  func products() {
    for left in Self.counts {
      for right in Self.counts {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        #expect((ByteCount(left) * right).count == (overflow ? .max : product))
      }
    }
  }

  @Test("a share is what division over the full width gives")
  func shares() {
    for value in Self.counts {
      for (numerator, denominator) in [(1, 2), (2, 1), (301, 100), (7, 7), (0, 9)]
        as [(UInt64, UInt64)]
      {
        let scaled = ByteCount(value).scaled(by: numerator, over: denominator)
        let (high, low) = value.multipliedFullWidth(by: numerator)
        let exact = high < denominator ? denominator.dividingFullWidth((high, low)).quotient : .max
        #expect(scaled.count == exact)
      }
      #expect(ByteCount(value).scaled(by: 3, over: 0) == (value == 0 ? .zero : .max))
    }
  }

  @Test("rounding reaches the next multiple and goes no further")
  func rounding() {
    for value in Self.counts where value < .max >> 1 {
      for unit in [1, 2, 3, 4096, 128 << 20] as [UInt64] {
        let up = ByteCount(value).roundedUp(to: ByteCount(unit)).count
        let down = ByteCount(value).roundedDown(to: ByteCount(unit)).count
        #expect(up % unit == 0 && up >= value && up - value < unit)
        #expect(down % unit == 0 && down <= value && value - down < unit)
      }
    }
  }

  @Test(
    "pages and bytes turn into each other without loss",
    arguments: [PageSize.kib4, .kib16, .kib64]
  )
  func pages(size: PageSize) {
    for count in Self.counts where count < 1 << 40 {
      #expect(PageCount(count).bytes(of: size).pages(of: size) == PageCount(count))
      #expect(ByteCount(count).pagesRoundedUp(of: size).bytes(of: size) >= ByteCount(count))
      #expect(ByteCount(count).pages(of: size).bytes(of: size) <= ByteCount(count))
    }
  }
}

@Suite("Sizes as people write them")
struct ByteCountTextTests {
  @Test(
    "any number of any unit is read back",
    arguments: ["", "B", "K", "KiB", "M", "mb", "GiB", "t", "PiB"]
  )
  func units(unit: String) throws {
    let scale: UInt64 =
      switch unit.lowercased().first {
      case "k": 1 << 10
      case "m": 1 << 20
      case "g": 1 << 30
      case "t": 1 << 40
      case "p": 1 << 50
      default: 1
      }
    for number in [0, 1, 9, 10, 999, 1024, 65535] as [UInt64] {
      let (bytes, overflow) = number.multipliedReportingOverflow(by: scale)
      let size = overflow ? nil : ByteCount(bytes)
      #expect(ByteCount(text: "\(number)\(unit)") == size)
      #expect(ByteCount(text: "\(number) \(unit)") == size)
    }
  }

  @Test("a fraction must come out in whole bytes")
  func fractions() {
    #expect(ByteCount(text: "0.5K") == 512)
    #expect(ByteCount(text: "1.25GiB") == ByteCount(5 << 28))
    #expect(ByteCount(text: "0.3K") == nil)
    #expect(ByteCount(text: "1.5") == nil)
  }

  @Test(
    "what is no size is refused",
    arguments: [
      " ", "1 2G", "G 1", "1G1", "0x10", "1e3", "١G", "+1", "1,5G", "1.G", ".5G", "16384P",
      "99999999999999999999",
    ]
  )
  func refusal(text: String) { #expect(ByteCount(text: text) == nil) }
}
