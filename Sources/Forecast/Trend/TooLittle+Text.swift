extension TooLittle: CustomStringConvertible {
  package var description: String {
    let have =
      samples == 0
      ? "nothing was measured"
      : "\(samples) sample\(samples == 1 ? "" : "s") over \(Duration.text(seconds: span))"
    return
      "not enough data: \(have); a trend needs 12 over half an hour, and one that looks a month "
      + "ahead about a month"
  }
}
