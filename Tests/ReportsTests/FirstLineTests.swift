internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import Profiles
internal import Reports
internal import TestSupport
internal import Testing

@Suite("The first line of advice")
struct FirstLineTests {
  static let wishes: [String?] = [nil, "512MiB", "1GiB", "3GiB", "16GiB", "1:1", "3:1", "max"]

  /// `2.86 GiB` and `12.0:1`, as they stand in a text.
  private static func figures(in text: String) -> [String] {
    let words = text.split(separator: " ").map { word in
      word.trimmingCharacters(in: CharacterSet(charactersIn: ".,;()"))
    }
    var found: [String] = []
    for (index, word) in words.enumerated() {
      if ["B", "KiB", "MiB", "GiB", "TiB"].contains(word), index > 0 {
        found.append(words[index - 1] + " " + word)
      } else if word.contains(":"), word.first?.isNumber == true {
        found.append(word)
      }
    }
    return found
  }

  @Test(
    "its numbers stand below it, and it contradicts nothing",
    arguments: Fixtures.names(in: "Roots")
  )
  func figures(host name: String) throws {
    let host = try HostCollector.collect(
      from: try SourceFinder.source(Fixtures.path("Roots/\(name)"))
    )
    let text = try #require(EmbeddedProfiles.text("general"))
    let profile = try ProfileReader.read(text, file: "general.yaml")
    for word in Self.wishes {
      let wish = try word.map { try #require(MovableWish(text: $0)) }
      let assessment = try Advisor.assess(host, profile: profile, chosenBy: .default, wish: wish)
      let sentence = AdviseSummary.text(assessment)
      let style = TextStyle(width: 200, isVerbose: true)
      let all = AssessmentText.render(assessment, style: style).split(
        whereSeparator: \.isWhitespace
      )
      .joined(separator: " ")
      try #require(all.contains(sentence), "\(sentence)\n\(all)")
      let rest = all.replacingOccurrences(of: sentence, with: "")
      let figures = Self.figures(in: sentence)
      for figure in figures where !rest.contains(figure) {
        // What was asked, and the profile's own limits.
        let isAsked = assessment.wish.map { $0.movable.text == figure } ?? false
        let limits = [profile.limits.fine, profile.limits.warning].map { "\($0)" }
        #expect(
          isAsked || limits.contains(figure),
          "\(word ?? "no wish"): \(figure) stands nowhere below: \(sentence)"
        )
      }
      #expect(!sentence.contains(" 0 of Movable"), "\(sentence)")
      if let answer = assessment.wish, !answer.isSafe {
        let largest = try #require(assessment.sizing.value?.maxSafeMovable)
        #expect(
          !(sentence.contains("more than is safe") && answer.movable.text == largest.text),
          "\(sentence)"
        )
        #expect(sentence.hasPrefix("NO."))
      }
    }
  }
}
