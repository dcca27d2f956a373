internal import Reports
internal import SystemIO

/// Where `zonewise watch` shows its pictures: a terminal's second screen, or lines one below the other.
struct WatchTerminal {
  /// Nil where nobody presses keys: then pictures are printed.
  let keys: TerminalKeys?
  private var size: (width: Int, height: Int)?
  private var isOpen = false
  private var isFirst = true

  init(keys: TerminalKeys?) { self.keys = keys }

  mutating func open() {
    guard keys != nil, !isOpen else { return }
    isOpen = true
    // The second screen, without a cursor.
    Console.write("\u{1B}[?1049h\u{1B}[?25l")
  }

  mutating func close() {
    guard isOpen else { return }
    isOpen = false
    Console.write("\u{1B}[?25h\u{1B}[?1049l")
    keys?.restore()
  }

  /// Whether the terminal has another size than the last picture.
  var hasNewSize: Bool {
    guard let size, let now = Console.size else { return false }
    return now != size
  }

  mutating func show(_ history: WatchHistory, _ title: String, _ style: TextStyle) {
    guard keys != nil, let size = Console.size else {
      let lines = WatchScreen.lines(
        history,
        title: title,
        keys: false,
        style: style,
        height: .max / 2
      )
      Console.write((isFirst ? "" : "\n") + lines.joined(separator: "\n") + "\n")
      isFirst = false
      return
    }
    self.size = size
    var style = style
    style.width = min(style.width, size.width)
    let lines = WatchScreen.lines(
      history,
      title: title,
      keys: true,
      style: style,
      height: size.height
    )
    // Each line is ended by clearing what was right of it: no flicker.
    Console.write(
      "\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J"
    )
  }
}
