internal import Forecast
internal import History
internal import HostModel
internal import SourceText

/// Many hosts, a line each, what is tight first at the top.
enum FleetForecastText {
  static func lines(_ forecasts: [HostForecast], style: TextStyle) -> [String] {
    let sorted = HostForecast.worstFirst(forecasts)
    let soon = sorted.filter { $0.monthsToTight.map { $0 <= 3 } ?? false }.count
    var lines = ["\(sorted.count) hosts, \(soon) of them tight within three months", ""]
    var rows = [["HOST", "months", "tight", "80 %", "imbalanced", "most of it"]]
    for forecast in sorted {
      rows.append([
        forecast.host.printable, forecast.months, forecast.tight?.day ?? "not known",
        forecast.tight?.interval ?? "", forecast.imbalanced?.day ?? "",
        forecast.mostGrowth?.key.description ?? "",
      ])
    }
    let table = TextTable.lines(rows, leading: [0, 2, 3, 4, 5])
    if table.allSatisfy({ $0.count <= style.width }) {
      lines += table
    } else {
      lines += TextTable.words(rows, width: style.width).flatMap { $0 }
    }
    return lines
  }
}
