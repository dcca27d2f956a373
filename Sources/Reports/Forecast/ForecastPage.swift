internal import Advice
internal import Forecast
internal import History
internal import HostModel

/// Forecasts as a page: a fleet's table first where there are several, then each host.
enum ForecastPage {
  /// Hosts with a section of their own.
  private static let mostHosts = 50

  static func page(_ forecasts: [HostForecast], date: String) -> ReportPage {
    let sorted = HostForecast.worstFirst(forecasts)
    var sections: [ReportSection] = []
    if sorted.count > 1 {
      sections.append(ReportSection(id: "hosts", heading: "Hosts", blocks: [.table(fleet(sorted))]))
    }
    for (index, forecast) in sorted.prefix(mostHosts).enumerated() {
      sections.append(
        ReportSection(id: "host-\(index)", heading: forecast.host, blocks: host(forecast))
      )
    }
    let scope = sorted.count == 1 ? sorted.first?.host ?? "" : "\(sorted.count) hosts"
    return ReportPage(
      title: "When the kernel's memory gets tight",
      date: date,
      scope: scope,
      sections: sections
    )
  }

  private static func fleet(_ forecasts: [HostForecast]) -> ReportTable {
    ReportTable(
      "Months to tight, first at the top",
      [
        .text("host"), .number("months"), .text("tight"), .text("80 %"), .text("imbalanced"),
        .text("most growth"),
      ],
      forecasts.map { forecast in
        [
          ReportCell(forecast.host),
          ReportCell(forecast.months, key: forecast.monthsToTight ?? 1e6),
          ReportCell(forecast.tight?.day ?? "not known"),
          ReportCell(forecast.tight?.interval ?? ""), ReportCell(forecast.imbalanced?.day ?? ""),
          ReportCell(forecast.mostGrowth?.key.description ?? ""),
        ]
      },
      isInteractive: forecasts.count > 10
    )
  }

  private static func host(_ forecast: HostForecast) -> [ReportBlock] {
    let (head, _, body) = ForecastText.sentence(forecast)
    var blocks: [ReportBlock] = [.lead(head: head, body: body, verdict: verdict(forecast))]
    blocks += forecast.rooms.compactMap { CurvePicture($0) }.map { .curve($0) }
    if !forecast.rooms.isEmpty { blocks.append(.table(rooms(forecast))) }
    if !forecast.terms.isEmpty { blocks.append(.table(terms(forecast))) }
    if !forecast.postponements.isEmpty {
      blocks += [
        .heading("What postpones it", level: 3), .list(forecast.postponements.map(\.text)),
      ]
    }
    if !forecast.gaps.isEmpty {
      blocks += [
        .heading("What is missing", level: 3),
        .list(forecast.gaps.map(\.text)),
      ]
    }
    let notes = forecast.remarks + forecast.notes
    if !notes.isEmpty { blocks += [.heading("Notes", level: 3), .list(notes)] }
    return blocks
  }

  private static func verdict(_ forecast: HostForecast) -> Verdict {
    switch forecast.tight {
    case .already: forecast.imbalanced == .already ? .imbalanced : .tight
    case .at: .tight
    case .notBefore, .beyond: .balanced
    case nil: .unknown
    }
  }

  private static func rooms(_ forecast: HostForecast) -> ReportTable {
    ReportTable(
      "Headroom",
      [
        .text("of"), .number("now"), .number("margin"), .number("a day"), .text("tight"),
        .text("imbalanced"),
      ],
      forecast.rooms.map { room in
        let day = (try? room.trend.get()).map { Trend.signed($0.perDay.value) }
        return [
          ReportCell(room.name, details: [room.what]), ReportCell(room.now.text),
          ReportCell(room.limits.tight.text), ReportCell(day ?? "?"),
          ReportCell(room.tight?.day ?? "?", details: [room.tight?.interval ?? ""]),
          ReportCell(room.imbalanced?.day ?? "?", details: [room.imbalanced?.interval ?? ""]),
        ]
      }
    )
  }

  private static func terms(_ forecast: HostForecast) -> ReportTable {
    ReportTable(
      "Growth of what the kernel holds",
      [.text("term"), .number("now"), .number("a day"), .text("80 %")],
      forecast.terms.map { term in
        let day = term.perDay
        return [
          ReportCell(term.key.description), ReportCell(term.now.text),
          ReportCell(day.map { Trend.signed($0.value) } ?? "?"),
          ReportCell(day.map { "\(Trend.signed($0.low)) to \(Trend.signed($0.high))" } ?? ""),
        ]
      }
    )
  }
}
