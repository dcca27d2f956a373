internal import History
internal import HostModel
package import Profiles

/// What was measured, as a profile: its growth takes the place of factors that somebody guessed.
///
/// A term's factor is what the upper end of the slope's interval makes of it until the horizon: one in
/// ten grows faster. Terms that do not grow stay as they are.
package struct MeasuredProfile: Sendable {
  package struct Term: Hashable, Sendable {
    package var id: TermID
    /// Of today's size.
    package var percent: UInt64
    package var why: String
  }

  package var name: String
  package var base: Profile
  package var host: String
  package var horizonDays: Int
  package var terms: [Term]

  /// The largest factor that a profile may have.
  private static let mostPercent: UInt64 = 100_000

  /// - Parameters:
  ///   - forecast: What was measured of a host.
  ///   - name: What the profile is called.
  ///   - horizonDays: How far ahead it looks; the profile's own where nil.
  package init(_ forecast: HostForecast, name: String, horizonDays: Int? = nil) {
    self.name = name
    base = forecast.profile
    host = forecast.host
    let days = horizonDays ?? forecast.profile.horizonDays
    self.horizonDays = days
    let found = TermID.measurable.compactMap { id -> Term? in
      let parts = forecast.terms.filter { $0.key.quantity == .term(id) }
      return Self.term(id, parts, days: days)
    }
    terms = found
  }

  private static func term(_ id: TermID, _ parts: [TermForecast], days: Int) -> Term? {
    let days = Double(days)
    // Nodes add up; each has its own interval.
    let known = parts.compactMap { part in part.perDay.map { (part, $0) } }
    guard !known.isEmpty, known.count == parts.count else { return nil }
    let now = known.reduce(0) { $0 + Double($1.0.now.count) }
    guard now > 0 else { return nil }
    let growing = known.filter { $0.1.low > 0 }
    let span = known.compactMap { try? $0.0.trend.get().span }.max() ?? 0
    let measured = Duration.text(seconds: Int64(span))
    guard !growing.isEmpty else {
      return Term(
        id: id,
        percent: 100,
        why: "Did not grow beyond what it varies by in \(measured)."
      )
    }
    let high = growing.reduce(0) { $0 + $1.1.high }
    let middle = growing.reduce(0) { $0 + $1.1.value }
    let percent = ((now + high * days) / now * 100).rounded(.up)
    return Term(
      id: id,
      percent: min(UInt64(min(max(percent, 100), 1e9)), mostPercent),
      why:
        "Grew by \(Trend.signed(middle)) a day in \(measured), \(Trend.signed(high)) at the upper "
        + "end of 80 %, from \(ByteCount(UInt64(now)).text) now."
    )
  }

  /// As a profile's file has it.
  package var yaml: String {
    var lines = [
      "# Measured growth of \(Self.plain(host)), as zonewise forecast found it.", "schema: 1",
      "name: \(name)", "title: Growth as it was measured",
      "extends: \(parent)", "why:",
      "  - Growth is what was measured; limits and margin are those of \(parent).",
      "horizonDays: \(horizonDays)",
    ]
    if !terms.isEmpty { lines.append("growth:") }
    for term in terms {
      lines += [
        "  \(term.id.id):", "    percent: \(term.percent)", "    why: \(term.why)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A profile of a user's own can't be extended by its name.
  private var parent: String { EmbeddedProfiles.text(base.name) == nil ? "general" : base.name }

  /// A name in a comment: nothing of it ends the line.
  private static func plain(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init))
  }

  /// The same as a value, for asking which zones hold it.
  package var profile: Profile {
    var profile = base
    profile.name = name
    profile.title = "Growth as it was measured"
    profile.horizonDays = horizonDays
    for term in terms {
      profile.growth[term.id] = Profile.Growth(percent: term.percent)
      profile.rationale.append("\(term.id.id): \(term.why)")
    }
    return profile
  }
}
