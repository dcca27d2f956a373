internal import ArgumentParser
internal import HostModel

/// What must be had whatever becomes of memory.
struct NeedOptions: ParsableArguments {
  @Option(
    name: .customLong("need"),
    help: ArgumentHelp(
      "What must be contiguous or pinned, as often as there are such needs: can it be had, and how?",
      discussion: """
        hugetlb:SIZE=COUNT (pages in all), cma=SIZE, pin=SIZE; @NODE behind it for one node.
        """,
      valueName: "need"
    ),
    transform: ArgumentValue.need
  )
  var needs: [MemoryNeed] = []

  func validate() throws {
    do throws(MemoryNeed.Mistake) { try MemoryNeed.check(needs) } catch {
      throw ValidationError("--need \(error)")
    }
  }
}
