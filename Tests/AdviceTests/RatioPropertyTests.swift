internal import Advice
internal import HostModel
internal import Testing

@Suite("Ratios, whatever the sizes")
struct RatioPropertyTests {
  private static let sizes: [UInt64] = [0, 1, 3, 4, 301, 1 << 12, 1 << 34, 1 << 62, .max - 1, .max]

  @Test("are ordered as their cross products are")
  func order() {
    for a in Self.sizes {
      for b in Self.sizes {
        for c in Self.sizes {
          for d in Self.sizes {
            let left = MovableRatio(movable: a, kernel: b)
            let right = MovableRatio(movable: c, kernel: d)
            let leftProduct = a.multipliedFullWidth(by: d)
            let rightProduct = c.multipliedFullWidth(by: b)
            let isLess =
              (leftProduct.high, leftProduct.low) < (rightProduct.high, rightProduct.low)
            #expect((left < right) == isLess)
            #expect(!(left < right && right < left))
          }
        }
      }
    }
  }

  @Test(
    "take no more of a size than there is, and no more than they allow",
    arguments: [1, 3, 4, 63] as [UInt64]
  )
  func part(movable: UInt64) {
    let ratio = MovableRatio(movable: movable, kernel: 1)
    for size in Self.sizes {
      let total = ByteCount(size)
      let part = ratio.movablePart(of: total)
      #expect(part <= total)
      #expect(!(ratio < MovableRatio(part, to: total.subtractingOrZero(part))))
    }
  }

  @Test("are printed as they can be read", arguments: ["3:1", "2.5:1", "0.5:1", "63:1"])
  func text(text: String) throws {
    #expect(try #require(MovableRatio(text: text)).description == text)
  }

  @Test("more kernel memory never raises one")
  func monotonic() {
    for movable in Self.sizes {
      for (less, more) in zip(Self.sizes.dropFirst(), Self.sizes.dropFirst(2)) {
        let few = MovableRatio(movable: movable, kernel: less)
        let many = MovableRatio(movable: movable, kernel: more)
        #expect(!(few < many))
      }
    }
  }
}

@Suite("Sizes as they are printed")
struct ByteCountPrintTests {
  @Test("have three digits, and are within half a percent of what they stand for")
  func digits() throws {
    var size: UInt64 = 1
    while size < 1 << 55 {
      for count in [size, size + size / 3, size * 2 - 1] {
        let text = ByteCount(count).text
        #expect(text.count <= 8, "\(text)")
        let parts = text.split(separator: " ")
        try #require(parts.count == 2, "\(text)")
        let number = try #require(Double(parts[0]))
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        let power = try #require(units.firstIndex(of: String(parts[1])))
        var value = number
        for _ in 0..<power { value *= 1024 }
        #expect(abs(value - Double(count)) <= Double(count) / 200 + 0.5, "\(count): \(text)")
      }
      size *= 2
    }
  }
}
