internal import HostModel

/// /proc/PID/status: `Name:<tab>value`, sizes in kB.
package enum ProcessStatusText {
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> ProcessStatus {
    try CounterText.check(text, file: file)
    var status: ProcessStatus?
    var directories: ByteCount?
    var scanner = LineScanner()
    while let line = scanner.next(in: text) {
      guard let colon = text.firstIndex(of: UInt8(ascii: ":"), in: line) else { continue }
      let key = line.lowerBound..<colon
      let value = text.trimmed(colon + 1..<line.upperBound)
      guard status != nil else {
        // `Name` is the first line of every kernel.
        guard text.equals(key, "Name") else { break }
        status = ProcessStatus(name: unescaped(text, value))
        continue
      }
      guard text.hasPrefix(key, "Vm") else { continue }
      let isCut = scanner.position > text.count
      let size = try size(text, key: key, value: value, isCut: isCut, file: file, scanner.line)
      if text.equals(key, "VmSize") { status?.virtualSize = size }
      if text.equals(key, "VmPin") { status?.pinned = size }
      if text.equals(key, "VmLck") { status?.locked = size }
      if text.equals(key, "VmRSS") { status?.resident = size }
      if text.equals(key, "VmPTE") { status?.pageTables = size }
      if text.equals(key, "VmPMD") { directories = size }
      if text.equals(key, "VmSwap") { status?.swapped = size }
    }
    guard var status else {
      throw ParseError(.headerMissing(expected: "`Name:`"), file: file, line: 1)
    }
    if let directories, let tables = status.pageTables { status.pageTables = tables + directories }
    return status
  }

  private static func size(
    _ text: Span<UInt8>,
    key: Range<Int>,
    value: Range<Int>,
    isCut: Bool,
    file: String,
    _ line: Int
  ) throws(ParseError) -> ByteCount {
    let word = text.word(from: value.lowerBound, in: value)
    let unit = text.trimmed(word.upperBound..<value.upperBound)
    guard let number = text.decimal(word), text.equals(unit, "kB") else {
      let field = text.string(key)
      throw ParseError(
        isCut ? .truncated(inside: field, missing: "kB") : .notANumber(field: field),
        file: file,
        line: line
      )
    }
    guard number < 1 << 53 else {
      throw ParseError(.numberTooLarge(field: text.string(key)), file: file, line: line)
    }
    return .kibibytes(number)
  }

  /// A process's name, in which the kernel writes a newline as `\n` and a backslash as `\\`.
  private static func unescaped(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < range.upperBound else {
        bytes.append(byte)
        continue
      }
      bytes.append(text[index] == UInt8(ascii: "n") ? .newline : text[index])
      index += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
