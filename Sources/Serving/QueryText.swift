internal import SourceText

/// The query of a URL: names with values, in order.
package enum QueryText {
  /// Why a query is no question.
  package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
  }

  /// Longer values than these no option takes.
  private static let longestValue = 4096
  private static let mostParts = 128

  /// Reads a query; what is no UTF-8, and control characters, are refused.
  package static func parts(
    _ query: String
  ) throws(Mistake) -> [(name: String, value: String)] {
    guard !query.isEmpty else { return [] }
    let pieces = query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
    guard pieces.count <= mostParts else {
      throw Mistake("a question has at most \(mostParts) parts")
    }
    var parts: [(name: String, value: String)] = []
    for piece in pieces {
      let halves = piece.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard halves.count == 2 else { throw Mistake("a part of a question is NAME=VALUE") }
      parts.append((try decoded(halves[0]), try decoded(halves[1])))
    }
    return parts
  }

  private static func decoded(_ text: Substring.UTF8View) throws(Mistake) -> String {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { throw Mistake("% stands before two hexadecimal digits") }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    guard bytes.count <= longestValue else {
      throw Mistake("a value has at most \(longestValue) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else { throw Mistake("a value is UTF-8 text without control characters") }
    return text
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// A value as it stands in a query, or a header.
  package static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result.append("%")
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
      }
    }
    return result
  }
}
