internal import HostModel
internal import KernelText
internal import SourceText

extension KernelArgumentFormat {
  /// udev rules that online memory: what `memhp_default_state=` would do, done by udev.
  static let udevRules = KernelArgumentFormat(
    name: "udev-rules",
    title: "udev rules that online memory",
    documentation: FormatRow(
      recognizedBy: "a `.rules` file with a rule for `SUBSYSTEM==\"memory\"`",
      read: """
        `ATTR{state}=`, also from `ENV` and behind `GOTO`, and `echo` of a shell that a rule runs, as \
        `memhp_default_state=` in its place; conditions count as met
        """,
      notRead: "other programs that a rule runs"
    ),
    markers: .memorySetting,
    recognizes: { sample in
      sample.hasSuffix(".rules")
        && !UdevRulesText.parse(String(decoding: sample.text, as: UTF8.self), file: sample.path)
          .isEmpty
    },
    locate: { (sample, bytes) in
      let rules = UdevRulesText.parse(String(decoding: bytes, as: UTF8.self), file: sample.path)
      let lines = Array(TextLine.lines(of: bytes))
      return rules.flatMap { rule -> [ArgumentList] in
        guard lines.indices.contains(rule.line - 1) else { return [] }
        let rest = bytes[lines[rule.line - 1].range.lowerBound...]
        let states = ["online_movable", "online_kernel", "online"]
        let found = states.lazy.compactMap { state -> (String, Range<Int>)? in
          if rule.action == state {
            return rest.firstRange(of: Array("=\"\(state)\"".utf8)).map {
              (state, ($0.lowerBound + 2)..<($0.upperBound - 1))
            }
          }
          guard rule.action.hasPrefix("RUN "), rule.action.contains("echo \(state) >") else {
            return nil
          }
          return rest.firstRange(of: Array("echo \(state)".utf8)).map {
            (state, ($0.lowerBound + 5)..<$0.upperBound)
          }
        }
        guard let (state, value) = found.first else { return [] }
        return MemorySettings.list(
          [.setting("memhp_default_state=\(state)", at: value)],
          titled: "line \(rule.line)"
        )
      }
    }
  )
}
