internal import Advice
internal import HostModel
internal import KernelBehavior
internal import SourceText

/// `steps` in `predict --steps --format json`: the machine's RAM, and what the kernel does with it.
enum PredictedStepsJSON {
  static func write(_ steps: PredictedSteps, _ root: inout JSONWriter) {
    root.object("steps") { object in
      object.number("pageSizeBytes", steps.map.pageSize.bytes.count)
      object.number("usableStartPFN", steps.map.usableStart.number)
      object.number("alignmentPages", steps.map.startAlignment.count)
      object.array("ranges", steps.map.ranges) { list, range in
        list.object {
          $0.number("node", UInt64(range.node.number))
          $0.number("startPFN", range.frames.start.number)
          $0.number("pages", range.frames.pages.count)
          $0.bool("mirrored", range.isMirrored)
          $0.bool("hotPluggable", range.isHotPluggable)
        }
      }
      guard let spread = steps.spread else {
        object.null("spread")
        return
      }
      object.object("spread") { self.spread(spread, &$0) }
    }
  }

  private static func spread(_ spread: SpreadTrace, _ object: inout JSONWriter) {
    object.number("wantedPages", spread.wanted.count)
    object.array("passes", spread.passes) { list, pass in
      list.object { object in
        object.number("wantedPages", pass.wanted.count)
        object.number("divisor", pass.divisor)
        object.array("turns", pass.turns) { list, turn in
          list.object { object in
            object.number("node", UInt64(turn.node.number))
            object.number("wantedPages", turn.wanted.count)
            object.number("portionPages", turn.portion.count)
            object.array("taken", turn.taken) { list, taken in
              list.object {
                $0.number("startPFN", taken.frames.start.number)
                $0.number("pages", taken.frames.pages.count)
                $0.bool("kernelOnly", taken.isKernelOnly)
              }
            }
          }
        }
      }
    }
    object.array("roundings", spread.roundings) { list, rounding in
      list.object {
        $0.number("node", UInt64(rounding.node.number))
        $0.number("startPFN", rounding.start.number)
        $0.number("roundedPFN", rounding.rounded?.number)
      }
    }
  }
}
