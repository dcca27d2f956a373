internal import Advice
internal import SourceText

/// A page as one self-contained HTML file: no network, no build step, a table behind every picture.
enum PageHTML {
  /// Hands the page on piece by piece.
  static func write(
    _ page: ReportPage,
    to put: (String) -> Void
  ) throws(LocatedError) {
    let page = page.withGlossary
    put(head(page).markup)
    for section in page.sections {
      put(opening(section).markup)
      for block in section.blocks {
        switch block {
        case .long(let table): try write(table, to: put)
        case .index(let index): write(index, to: put)
        default: put(Self.block(block).markup)
        }
      }
      put("</section>\n")
    }
    put(tail().markup)
  }

  private static func head(_ page: ReportPage) -> HTML {
    let version = ToolVersion.current
    let links = page.sections.map { section -> HTML in
      "<li><a href=\"#\(section.id)\">\(section.heading)</a></li>"
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>\(page.title)</title>
      <style>\(HTML(own: PageStyle.text))</style>
      </head>
      <body class="\(page.isBrief ? "brief" : "")">
      <a class="skip" href="#content">Skip to the content</a>
      <header>
      <h1>\(breaking: page.title)</h1>
      <p class="soft">\(page.date) · \(breaking: page.scope) · zonewise \(version)</p>
      <nav aria-label="Sections"><ul>\(links)</ul></nav>
      </header>
      <main id="content">

      """
  }

  private static func tail() -> HTML {
    let version = ToolVersion.current
    return """
      </main>
      <footer><p class="soft">Made by zonewise \(version). Sizes are in binary units: 1 GiB is 1024 MiB.</p></footer>
      <script>\(HTML(own: PageScript.text))</script>
      </body>
      </html>

      """
  }

  private static func opening(_ section: ReportSection) -> HTML {
    """
    <section id="\(section.id)" aria-labelledby="\(section.id)-title">
    <h2 id="\(section.id)-title">\(breaking: section.heading)</h2>

    """
  }

  private static func block(_ block: ReportBlock) -> HTML {
    switch block {
    case .lead(let head, let body, let verdict):
      return """
        <p class="lead edge-\(verdict.rawValue)"><strong>\(breaking: head)</strong> \(breaking: body)</p>

        """
    case .text(let text): return "<p>\(breaking: text)</p>\n"
    case .note(let text): return "<p class=\"soft\">\(breaking: text)</p>\n"
    case .list(let items):
      if items.isEmpty { return "" }
      return
        "<ul class=\"list\">\(items.map { item -> HTML in "<li>\(breaking: item)</li>" })</ul>\n"
    case .code(let text): return "<pre tabindex=\"0\"><code>\(text)</code></pre>\n"
    case .heading(let text, level: 3): return "<h3>\(breaking: text)</h3>\n"
    case .heading(let text, level: _): return "<h4>\(breaking: text)</h4>\n"
    case .tiles(let tiles): return "<dl class=\"tiles\">\(tiles.map(tile))</dl>\n"
    case .table(let table): return table.rows.isEmpty ? "" : Self.table(table)
    case .charts(let tables): return "<div class=\"charts\">\(tables.map(table))</div>\n"
    case .zones(let picture): return Self.picture(picture)
    case .scale(let scale): return Self.scale(scale)
    case .curve(let curve): return Self.curve(curve)
    case .glossary(let entries): return "<dl class=\"words\">\(entries.map(entry))</dl>\n"
    case .long, .index: return ""
    case .details(let title, let id, let blocks):
      return """
        <details id="\(id)"><summary><h3>\(breaking: title)</h3></summary><div class="inner">
        \(blocks.map(Self.block))</div></details>

        """
    }
  }

  private static func tile(_ tile: ReportTile) -> HTML {
    """
    <div class="tile edge-\(tile.verdict?.rawValue ?? "")"><dt>\(term(tile.label))</dt>\
    <dd>\(tile.value)<span class="soft">\(breaking: tile.note)</span></dd></div>
    """
  }

  // MARK: Words

  private static func entry(_ entry: Glossary.Entry) -> HTML {
    """
    <div><dt id="\(entry.anchor)">\(entry.name)</dt>\
    <dd id="\(entry.anchor)-text">\(entry.text)</dd></div>

    """
  }

  /// A word with its meaning at hand, where the list has it.
  static func term(_ word: String) -> HTML {
    guard let entry = Glossary.entry(for: word) else { return "\(word)" }
    return """
      <a class="term" href="#\(entry.anchor)" aria-describedby="\(entry.anchor)-text">\(word)</a>
      """
  }

  // MARK: Pictures

  private static func picture(_ picture: ZonePicture) -> HTML {
    let keys: [(style: String, name: String)] =
      picture.isPlan
      ? [("kf", "kernel"), ("mf", "Movable")]
      : [
        ("ku", "kernel used"), ("kf", "kernel free"), ("mu", "Movable used"),
        ("mf", "Movable free"),
      ]
    let legend = keys.map { key -> HTML in
      "<span class=\"key\"><i class=\"\(key.style)\"></i>\(key.name)</span>\n"
    }
    return """
      <figure class="zones"><figcaption>\(picture.caption)
      <span class="legend">\(legend)</span></figcaption>
      \(picture.rows.map(row))</figure>

      """
  }

  private static func row(_ row: ZonePicture.Row) -> HTML {
    """
    <div class="node"><span class="node-name">\(row.label)</span><div class="node-bar">\(stack(row))
    <div class="node-text" style="width:\(percent(row.length))%"><span>\(row.kernelText)</span>\
    <span>\(row.movableText)</span></div></div></div>

    """
  }

  static func stack(_ row: ZonePicture.Row) -> HTML {
    let parts = [
      ("ku", row.kernelUsed), ("kf", row.kernelFree), ("mu", row.movableUsed),
      ("mf", row.movableFree),
    ].map { part -> HTML in "<div class=\"\(part.0)\" style=\"width:\(percent(part.1))%\"></div>" }
    return """
      <div class="stack" role="img" aria-label="\(row.text)" style="width:\(percent(row.length))%">\
      \(parts)</div>
      """
  }

  private static func scale(_ scale: RatioScale) -> HTML {
    """
    <div class="scale" role="img" aria-label="\(scale.text)">
    <div class="mark" style="left:\(percent(scale.mark))%"><span>\(scale.markText)</span></div>
    <div class="track"><div class="fine" style="width:\(percent(scale.fine))%">\
    <span>fine to \(scale.fineText)</span></div><div
    class="warn" style="width:\(percent(scale.warning - scale.fine))%">\
    <span>to \(scale.warningText)</span></div><div
    class="much" style="width:\(percent(1000 - scale.warning))%">\
    <span>too much</span></div></div></div>

    """
  }

  private static func percent(_ thousandths: Int) -> String {
    let part = max(0, thousandths)
    return part % 10 == 0 ? "\(part / 10)" : "\(part / 10).\(part % 10)"
  }
}
