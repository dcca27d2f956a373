/// nodeN/distance: how far each online node is, 10 for the node itself.
package enum DistanceText {
  package static func parse(_ text: Span<UInt8>, file: String) throws(ParseError) -> [Int] {
    let line = try SettingText.range(text, file: file)
    var distances: [Int] = []
    var word = text.word(from: line.lowerBound, in: line)
    while !word.isEmpty {
      guard let distance = text.decimal(word) else {
        throw ParseError(
          .notANumber(field: "distance \(distances.count + 1)"),
          file: file,
          line: 1
        )
      }
      // The kernel keeps a distance in one byte.
      guard distance <= 255, distances.count < IDList.limit else {
        throw ParseError(
          .numberTooLarge(field: "distance \(distances.count + 1)"),
          file: file,
          line: 1
        )
      }
      distances.append(Int(distance))
      word = text.word(from: word.upperBound, in: line)
    }
    return distances
  }
}
