internal import Advice
internal import Foundation
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import TestSupport
internal import Testing

/// What is promised, what is predicted under the arguments, and what the kernel would make of them
/// are one thing.
@Suite("What is advised is what is had")
struct AdviceLoopTests {
  static let hosts: [String] = {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: Fixtures.folder("Roots").path)) ?? []
    return names.filter { $0.hasSuffix(".pack") || $0.hasSuffix(".tar.gz") }.sorted()
      .map { $0.hasSuffix(".pack") ? String($0.dropLast(".pack".count)) : $0 }
  }()

  static let wishes = ["512MiB", "1GiB", "2GiB", "3GiB", "16GiB", "1:1", "3:1", "max"]

  @Test("there are hosts to try")
  func some() { #expect(Self.hosts.count > 100) }

  @Test("on every booted host", arguments: hosts)
  func holds(_ name: String) throws {
    let host = try HostCollector.collect(
      from: try SourceFinder.source(Fixtures.path("Roots/\(name)"))
    )
    let text = try #require(EmbeddedProfiles.text("general"))
    let profile = try ProfileReader.read(text, file: "general.yaml")
    for word in Self.wishes {
      let wish = try #require(MovableWish(text: word))
      let assessment = try Advisor.assess(host, profile: profile, chosenBy: .default, wish: wish)
      guard let answer = assessment.wish else { continue }
      let advice = assessment.recommendation
      if let gives = answer.gives {
        #expect(gives <= answer.movable, "\(word): more than was asked")
        let lacks = answer.movable.subtractingOrZero(gives)
        #expect(
          answer.isSafe == (gives > .zero && lacks.count * 10 <= answer.movable.count),
          "\(word): YES within a tenth only"
        )
      }
      guard advice.method == .bootArguments else { continue }
      let predicted = try #require(advice.predicted, "\(word): arguments without a prediction")
      #expect(predicted.movable == answer.gives, "\(word): \(advice.arguments)")
      // By the kernel's own way, from the text of the arguments alone.
      let line = advice.arguments.joined(separator: " ")
      let layout = try predicted.inputs.predict(predicted.inputs.arguments(line))
      #expect(layout.movablePages == predicted.layout.movablePages, "\(word): \(line)")
      let sizing = try #require(assessment.sizing.value)
      for node in layout.nodes {
        let kernel = node.kernelPages.bytes(of: assessment.pageSize)
        #expect(kernel >= sizing.kernelFloor[node.id] ?? .zero, "\(word): node \(node.id)")
      }
      let errors = predicted.findings.filter { $0.severity == .error }.map(\.code)
      #expect(errors.isEmpty, "\(word): \(line) is advised, and predict calls it wrong: \(errors)")
      for option in answer.nearest where option.isSafe {
        #expect(option.movable <= sizing.maxSafeMovable, "\(word): \(option.argument)")
      }
    }
  }
}
