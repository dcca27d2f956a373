package import SourceText

extension KernelArgumentFormat {
  /// A file with a change made to one of its command lines, counted as they are read.
  ///
  /// - Parameters:
  ///   - sample: The file.
  ///   - index: Which of the command lines that `read` gives.
  ///   - change: What is to become of its arguments.
  /// - Returns: The file's bytes.
  /// - Throws: What can't be changed, and where.
  package func changing(
    _ sample: FileSample,
    line index: Int,
    _ change: ArgumentChange
  ) throws(LocatedError) -> [UInt8] {
    let text = sample.text
    if let offset = UTF8Check.firstInvalid(text) {
      throw LocatedError(
        "not UTF-8 text: save it as UTF-8",
        at: SourceLocation(of: offset, in: text, file: sample.path)
      )
    }
    let changed = try once(sample, text, index, change)
    guard changed != text else { return sample.bytes }
    // What was read as a quote or an escape may be none once something in front of it has gone.
    let again = try? once(FileSample(path: sample.path, bytes: changed), changed, index, change)
    guard again == changed else {
      let same = zip(text, changed).prefix { $0 == $1 }.count
      throw LocatedError(
        "changed here, the file would not be read as it is meant; change it by hand",
        at: SourceLocation(of: same, in: text, file: sample.path)
      )
    }
    return sample.bytes.prefix(sample.bytes.count - text.count) + changed
  }

  private func once(
    _ sample: FileSample,
    _ text: [UInt8],
    _ index: Int,
    _ change: ArgumentChange
  ) throws(LocatedError) -> [UInt8] {
    var count = 0
    for list in try locateOrSearch(sample, text) {
      let line = try LocatedCommandLine.locate(
        [list],
        in: text,
        file: sample.path,
        isLiteral: isLiteral
      ).first
      guard let line else { continue }
      guard count == index else {
        count += 1
        continue
      }
      guard !isLiteral, list.confidence == .stated else {
        throw LocatedError(
          "only its shape says that this is a kernel's command line; change it by hand",
          at: line.arguments.first?.place ?? SourceLocation(file: sample.path)
        )
      }
      return try ArgumentListEdit(file: sample.path, bytes: text, lists: [list])
        .applying(change, owner: nil)
    }
    throw LocatedError(
      "no command line \(index + 1) in here any more; run fix again",
      file: sample.path
    )
  }
}
