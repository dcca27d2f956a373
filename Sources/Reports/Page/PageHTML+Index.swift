extension PageHTML {
  /// Every host in a line: a plain list in pieces that are folded away, and a search over them that only a
  /// script can do. The list is the search's data; it stands in the file once.
  static func write(
    _ index: PageIndex,
    to put: (String) -> Void
  ) {
    guard index.count > 0 else { return }
    put(search(index).markup)
    for piece in index.pieces {
      let first = index.name(piece.lowerBound)
      let last = index.name(piece.upperBound - 1)
      let numbers = "\(piece.lowerBound + 1) to \(piece.upperBound)"
      let opening: HTML = """
        <details class="page"><summary>\(breaking: first) to \(breaking: last) \
        <span class="soft">\(numbers)</span></summary><pre class="lines" tabindex="0">\
        \(line: index.columns.joined(separator: "\t"))

        """
      put(opening.markup)
      for number in piece {
        let line: HTML = "\(line: index.line(number))\n"
        put(line.markup)
      }
      put("</pre></details>\n")
    }
  }

  private static func search(_ index: PageIndex) -> HTML {
    let heads = index.columns.map { title -> HTML in
      "<th scope=\"col\" role=\"columnheader\">\(title)</th>"
    }
    return """
      <div class="finder" hidden><div class="tools">
      <label>Find among all hosts <input type="search" autocomplete="off" data-find></label>
      <span class="soft" role="status" data-found></span></div>
      <div class="scroll" role="region" aria-label="Hosts that were found" tabindex="0" hidden>\
      <table role="table" class="found"><caption>Hosts that were found</caption>
      <thead role="rowgroup"><tr role="row">\(heads)</tr></thead>\
      <tbody role="rowgroup"></tbody></table></div></div>

      """
  }
}
