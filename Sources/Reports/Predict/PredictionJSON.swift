package import Advice
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import SourceText

/// `predict --format json`, schema version 1.
package enum PredictionJSON {
  package static func render(_ prediction: Prediction) -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { root in
      root.number("schemaVersion", UInt64(1))
      root.string("command", "predict")
      members(prediction, &root)
      if let observed = prediction.inputs.observedStarts {
        root.object("observed") { observedObject in
          for (node, start) in observed.sorted(by: { $0.key < $1.key }) {
            observedObject.number("\(node)", start.number)
          }
        }
        root.bool("agrees", prediction.agrees)
      }
      root.array("findings", prediction.findings) { $0.finding($1) }
      if let steps = prediction.steps { PredictedStepsJSON.write(steps, &root) }
    }
    return writer.bytes + [0x0A]
  }

  /// What `advise` shows of a prediction too.
  static func members(_ prediction: Prediction, _ root: inout JSONWriter) {
    root.string("cmdline", prediction.commandLine)
    root.object("source") {
      $0.string("kind", prediction.source.kind.rawValue)
      $0.bool("exact", prediction.isExact)
      $0.strings("assumptions", prediction.assumptions)
    }
    arguments(prediction.arguments, &root)
    root.string("path", prediction.layout.path.rawValue)
    if let why = prediction.why { root.string("why", why) }
    root.array("nodes", prediction.layout.nodes) { writer, node in
      writer.object { object in
        object.number("node", UInt64(node.id.number))
        object.number("movableStartPFN", node.movableStart?.number)
        object.number("kernelPages", node.kernelPages.count)
        object.number("movablePages", node.movablePages.count)
        if node.highPages > .zero { object.number("highMemPages", node.highPages.count) }
        object.array("zones", node.zones) { writer, zone in
          writer.object {
            $0.string("name", zone.kind.name)
            $0.number("startPFN", zone.frames.start.number)
            $0.number("spannedPages", zone.spanned.count)
            $0.number("presentPages", zone.present.count)
          }
        }
      }
    }
    if !prediction.reservations.all.isEmpty { reservations(prediction, &root) }
    root.object("totals") {
      $0.number("kernelBytes", prediction.kernel.count)
      $0.number("movableBytes", prediction.movable.count)
      $0.ratio(
        "movableToKernelRatio",
        MovableRatio(prediction.movable, to: prediction.kernel).number
      )
    }
  }

  /// What the command line sets apart, and where.
  private static func reservations(_ prediction: Prediction, _ root: inout JSONWriter) {
    root.array("reservations", prediction.reservations.all) { writer, reservation in
      writer.object { object in
        object.string("argument", reservation.argument.text)
        object.string("purpose", reservation.purpose.rawValue)
        object.number("pages", reservation.pages.count)
        switch reservation.outcome {
        case .placed(let frames, let node):
          object.string("outcome", "placed")
          object.number("node", UInt64(node.number))
          object.number("startPFN", frames.start.number)
        case .acrossZones(let crossing):
          object.string("outcome", "across-zones")
          object.number("node", UInt64(crossing.node.number))
          object.number("startPFN", crossing.frames.start.number)
          object.number("boundaryPFN", crossing.boundary.number)
          object.number("lostPages", crossing.lost.count)
        case .refused: object.string("outcome", "refused")
        }
      }
    }
  }

  private static func arguments(_ arguments: ZoneArguments, _ root: inout JSONWriter) {
    root.object("arguments") { object in
      for (name, size) in [
        (ZoneArgumentWord.Name.kernelcore, arguments.kernelcore),
        (.movablecore, arguments.movablecore),
      ] {
        guard arguments.words.contains(where: { $0.name == name }) else {
          object.null(name.rawValue)
          continue
        }
        object.object(name.rawValue) {
          $0.number("pages", size.pages.count)
          $0.number("percent", size.percent)
          $0.bool("mirror", name == .kernelcore && arguments.mirror)
        }
      }
      object.bool("movableNode", arguments.movableNode)
    }
  }
}
