/// A picture of dots in the cells of a terminal: two by four dots a cell in Braille, one a cell in ASCII.
struct CurveCanvas {
  private let columns: Int
  private let rows: Int
  private let usesBraille: Bool
  /// Bits of a cell's dots.
  private var cells: [UInt8]
  private var signs: [Character?]

  /// U+2800 and what each dot adds to it, by column and row.
  private static let dots: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  init(columns: Int, rows: Int, usesBraille: Bool) {
    self.columns = columns
    self.rows = rows
    self.usesBraille = usesBraille
    cells = [UInt8](repeating: 0, count: columns * rows)
    signs = [Character?](repeating: nil, count: columns * rows)
  }

  /// Draws a curve; `sign` is what ASCII shows. `every` leaves out dots: 1 draws all.
  mutating func draw(_ points: [(x: Double, y: Double)], sign: Character, every: Int = 1) {
    let width = columns * (usesBraille ? 2 : 1)
    let height = rows * (usesBraille ? 4 : 1)
    func dot(_ point: (x: Double, y: Double)) -> (Int, Int) {
      (
        Int((point.x * Double(width - 1)).rounded()),
        height - 1 - Int((point.y * Double(height - 1)).rounded())
      )
    }
    var count = 0
    for (from, to) in zip(points, points.dropFirst()) {
      let ((x0, y0), (x1, y1)) = (dot(from), dot(to))
      let steps = max(1, abs(x1 - x0), abs(y1 - y0))
      for step in 0...steps {
        count += 1
        guard count % every == 0 else { continue }
        set(x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps, sign)
      }
    }
  }

  private mutating func set(_ x: Int, _ y: Int, _ sign: Character) {
    let (column, row) = usesBraille ? (x / 2, y / 4) : (x, y)
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    let index = row * columns + column
    if usesBraille {
      cells[index] |= Self.dots[x % 2][y % 4]
    } else if signs[index] == nil {
      signs[index] = sign
    }
  }

  /// A line a row, as wide as the canvas.
  var lines: [String] {
    (0..<rows).map { row in
      var line = ""
      for column in 0..<columns {
        let index = row * columns + column
        if usesBraille {
          line.unicodeScalars.append(Unicode.Scalar(0x2800 + UInt32(cells[index])) ?? " ")
        } else {
          line.append(signs[index] ?? " ")
        }
      }
      return line
    }
  }
}
