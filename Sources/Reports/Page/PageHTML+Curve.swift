extension PageHTML {
  private static let (width, height, left, bottom) = (920.0, 300.0, 8.0, 26.0)

  /// A curve with what is expected of it, as a drawing whose numbers stand in the table behind it.
  static func curve(_ curve: CurvePicture) -> HTML {
    let seen = points(curve.measured.map { ($0.x, $0.y) })
    let next = points(curve.expected.map { ($0.x, $0.middle) })
    let band = points(
      curve.expected.map { ($0.x, $0.high) } + curve.expected.reversed().map { ($0.x, $0.low) }
    )
    let margin = number(y(curve.margin))
    // On the side where the curve is not.
    let isBelow = (curve.measured.first?.y ?? 1) >= curve.margin && y(curve.margin) < 280
    let label = number(isBelow ? y(curve.margin) + 15 : max(14, y(curve.margin) - 5))
    let now = number(x(curve.now))
    return """
      <figure class="curve" tabindex="0"><figcaption>\(curve.caption)</figcaption>
      <svg viewBox="0 0 920 330" role="img" aria-label="\(curve.text)">
      <path class="grid" d="M8 4V300H912"/>
      <polygon class="band" points="\(band)"/>
      <line class="limit" x1="8" x2="912" y1="\(margin)" y2="\(margin)"/>
      <line class="grid" x1="\(now)" x2="\(now)" y1="4" y2="300"/>
      <polyline class="seen" points="\(seen)"/>
      <polyline class="next" points="\(next)"/>
      <text x="14" y="16">\(curve.top)</text>
      <text x="14" y="\(label)">\(curve.marginText)</text>
      <text x="8" y="320">\(curve.first)</text>
      <text x="\(number(min(max(120, x(curve.now)), 790)))" y="320" text-anchor="middle">\(curve.nowText)</text>
      <text x="912" y="320" text-anchor="end">\(curve.last)</text>
      </svg></figure>

      """
  }

  private static func x(_ part: Double) -> Double { left + part * (width - 2 * left) }
  private static func y(_ part: Double) -> Double { 4 + (1 - part) * (height - 4) }

  private static func points(_ points: [(Double, Double)]) -> String {
    points.map { "\(number(x($0.0))),\(number(y($0.1)))" }.joined(separator: " ")
  }

  /// A coordinate to a tenth.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
