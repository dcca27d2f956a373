package import HostModel

/// /proc/version: `Linux version 6.12.107 (builder) (compiler) #1 SMP …`.
package enum VersionText {
  package static func parse(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> KernelVersion {
    let line = try SettingText.range(text, file: file)
    let system = text.word(from: line.lowerBound, in: line)
    let word = text.word(from: system.upperBound, in: line)
    let release = text.word(from: word.upperBound, in: line)
    guard text.equals(system, "Linux"), text.equals(word, "version"),
      text.isVisibleASCII(release), let version = KernelVersion(release: text.string(release))
    else {
      throw ParseError(
        .malformed(expected: "`Linux version` and a release such as 6.12.107"),
        file: file,
        line: 1
      )
    }
    return version.refined(by: text.string(line))
  }

  /// The release alone, as in /proc/sys/kernel/osrelease and `uname -r`.
  package static func release(
    _ text: Span<UInt8>,
    file: String
  ) throws(ParseError) -> KernelVersion {
    let word = try SettingText.range(text, file: file)
    guard text.isVisibleASCII(word), let version = KernelVersion(release: text.string(word)) else {
      throw ParseError(
        .malformed(expected: "a release such as 6.12.107"),
        file: file,
        line: 1
      )
    }
    return version
  }
}
