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
      read: "`ATTR{state}=`, as `memhp_default_state=` in its place; conditions count as met",
      notRead: "programs that a rule runs"
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
        guard ["online", "online_kernel", "online_movable"].contains(rule.action),
          lines.indices.contains(rule.line - 1),
          let place = bytes[lines[rule.line - 1].range.lowerBound...].firstRange(
            of: Array("=\"\(rule.action)\"".utf8)
          )
        else { return [] }
        let value = (place.lowerBound + 2)..<(place.upperBound - 1)
        return MemorySettings.list(
          [.setting("memhp_default_state=\(rule.action)", at: value)],
          titled: "line \(rule.line)"
        )
      }
    }
  )
}
