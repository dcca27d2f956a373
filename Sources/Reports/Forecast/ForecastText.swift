internal import Advice
internal import Forecast
internal import History
internal import HostModel
internal import Profiles
internal import SourceText

/// `zonewise forecast` for people: when it gets tight, the picture, then what grows and what to do.
struct ForecastText {
  private let forecast: HostForecast
  private let style: TextStyle
  private var lines: [String] = []

  init(_ forecast: HostForecast, style: TextStyle) {
    self.forecast = forecast
    self.style = style
  }

  static func render(_ forecasts: [HostForecast], style: TextStyle) -> String {
    let parts =
      forecasts.count > 3
      ? [FleetForecastText.lines(forecasts, style: style)]
      : forecasts.map { forecast -> [String] in
        var text = ForecastText(forecast, style: style)
        text.compose()
        return text.lines
      }
    // Braille is beyond ASCII and was not drawn where that is not shown.
    let text = parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    return style.encoded(text)
  }

  private mutating func compose() {
    head()
    picture()
    rooms()
    terms()
    list("WHAT POSTPONES IT", forecast.postponements.map(\.text))
    list("MISSING", forecast.gaps.map(\.text))
    list("NOTES", forecast.remarks + forecast.notes)
  }

  private mutating func add(_ text: String, indent: Int = 0, hanging: Int? = nil) {
    let rest = hanging ?? indent
    for (index, line) in text.printable.wrapped(style.width - max(indent, rest)).enumerated() {
      lines.append(String(repeating: " ", count: index == 0 ? indent : rest) + line)
    }
  }

  // MARK: The answer

  private mutating func head() {
    let (head, mark, body) = Self.sentence(forecast)
    let wrapped = (head + " " + body).printable.wrapped(style.width)
    for (index, line) in wrapped.enumerated() {
      let isHead = index == 0 && line.hasPrefix(head)
      lines.append(isHead ? style.marked(head, mark) + line.dropFirst(head.count) : line)
    }
    let span = Duration.text(
      seconds: forecast.period.upperBound.subtractingOrLimit(forecast.period.lowerBound)
    )
    add(
      "\(forecast.host): \(forecast.samples) samples over \(span), to "
        + "\(Crossing.day(Double(forecast.period.upperBound))); profile \(forecast.profile.name)"
    )
  }

  static func sentence(_ forecast: HostForecast) -> (String, TextStyle.Mark, String) {
    let first = forecast.rooms.compactMap { room in room.tight.map { (room, $0) } }
      .min { $0.1.order < $1.1.order }
    guard let (room, tight) = first else {
      let reason = forecast.rooms.compactMap { room -> String? in
        guard case .failure(let little) = room.trend else { return nil }
        return little.description
      }.first
      return (
        "NOT KNOWN.", .yellow,
        reason.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
          ?? "Nothing here tells how much room the kernel has."
      )
    }
    let who = room.node == nil ? "" : "the host "
    let later = forecast.imbalanced.map { "\(who)imbalanced \($0.words)" } ?? ""
    switch tight {
    case .already:
      return (
        forecast.imbalanced == .already ? "IMBALANCED." : "TIGHT.", .red,
        "\(room.name) has less than its margin of \(room.limits.tight.text) left; \(later)."
      )
    case .at:
      return ("TIGHT \(tight.day).", .yellow, "\(room.name) gets tight \(tight.words); \(later).")
    case .notBefore:
      return (
        "NOT SOON.", .green,
        "\(room.name) is not expected to get tight; one in ten it is, \(tight.words)."
      )
    case .beyond: return ("NOT SOON.", .green, "Nothing gets tight \(tight.words).")
    }
  }

  // MARK: The picture

  private mutating func picture() {
    guard !style.isPlain, let room = Self.pictured(forecast), let curve = CurvePicture(room) else {
      return
    }
    let rows = style.isNarrow ? 6 : 9
    let columns = min(style.width - 2, 100)
    var canvas = CurveCanvas(columns: columns, rows: rows, usesBraille: style.usesUnicode)
    canvas.draw(curve.measured.map { ($0.x, $0.y) }, sign: "*")
    canvas.draw(curve.expected.map { ($0.x, $0.middle) }, sign: "o", every: 3)
    canvas.draw(curve.expected.map { ($0.x, $0.low) }, sign: ".", every: 6)
    canvas.draw(curve.expected.map { ($0.x, $0.high) }, sign: ".", every: 6)
    canvas.draw([(0, curve.margin), (1, curve.margin)], sign: "-", every: 4)
    lines.append("")
    add(curve.caption)
    lines.append("  " + curve.top)
    lines += canvas.lines.map { "  " + $0 }
    lines.append("  " + axis(curve, columns))
    let dotted = curve.expected.isEmpty ? "dotted: the" : "dotted: expected, its 80 %, and the"
    add("\(dotted) \(curve.marginText)", indent: 2)
  }

  static func pictured(_ forecast: HostForecast) -> RoomForecast? {
    let told = forecast.rooms.filter { $0.tight != nil }
    return told.min { ($0.tight?.order ?? .infinity) < ($1.tight?.order ?? .infinity) }
      ?? forecast.rooms.first
  }

  private func axis(_ curve: CurvePicture, _ columns: Int) -> String {
    var line = [Character](repeating: " ", count: columns)
    func put(_ text: String, at place: Int) {
      let start = min(max(0, place), columns - text.count)
      guard start >= 0 else { return }
      let range = max(0, start - 1)..<min(columns, start + text.count + 1)
      guard range.allSatisfy({ line[$0] == " " }) else { return }
      for (offset, character) in text.enumerated() { line[start + offset] = character }
    }
    put(curve.first, at: 0)
    put(curve.last, at: columns)
    put(curve.nowText, at: Int(curve.now * Double(columns)) - 5)
    return String(line)
  }

  // MARK: Tables

  private mutating func rooms() {
    guard !forecast.rooms.isEmpty else { return }
    var rows = [["HEADROOM", "now", "margin", "a day", "tight", "imbalanced"]]
    for room in forecast.rooms {
      guard case .success(let trend) = room.trend else {
        rows.append([room.name, room.now.text, room.limits.tight.text, "?", "?", "?"])
        continue
      }
      rows.append([
        room.name, room.now.text, room.limits.tight.text, Trend.signed(trend.perDay.value),
        room.tight?.day ?? "?", room.imbalanced?.day ?? "?",
      ])
    }
    table(rows)
  }

  private mutating func terms() {
    guard !forecast.terms.isEmpty else { return }
    let known = forecast.terms.compactMap(\.perDay)
    let sum = known.map { max(0, $0.value) }.reduce(0, +)
    var rows = [["GROWTH", "now", "a day", "80 %", "part"]]
    for term in forecast.terms {
      guard let day = term.perDay else {
        if style.isVerbose { rows.append([term.key.description, term.now.text, "?", "", ""]) }
        continue
      }
      let part = sum > 0 ? 100 * max(0, day.value) / sum : 0
      // Verbose output has those that stand still.
      guard style.isVerbose || part >= 1 || day.low > 0 else { continue }
      rows.append([
        term.key.description, term.now.text, Trend.signed(day.value),
        "\(Trend.signed(day.low)) to \(Trend.signed(day.high))", "\(Int(part.rounded())) %",
      ])
    }
    guard !known.isEmpty else { return }
    guard rows.count > 1 else {
      lines.append("")
      add("No term grows beyond what it varies by.")
      return
    }
    table(rows)
  }

  private mutating func table(_ rows: [[String]]) {
    lines.append("")
    let rows = rows.map { $0.map(\.printable) }
    let table = TextTable.lines(rows, leading: [0])
    if table.allSatisfy({ $0.count <= style.width }) {
      lines += table
    } else {
      lines.append(rows.first?.first ?? "")
      lines += TextTable.words(rows, width: style.width).flatMap { $0 }
    }
  }

  private mutating func list(_ title: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    lines.append("")
    lines.append(title)
    for item in items { add("- " + item, indent: 2, hanging: 4) }
  }
}
