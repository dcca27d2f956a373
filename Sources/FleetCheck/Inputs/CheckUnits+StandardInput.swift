internal import BootArguments
internal import Capacity
internal import HostCollection
internal import SourceText

extension CheckUnits {
  /// A stream of bundles, or one text.
  mutating func openStandardInput() {
    let path = "standard input"
    do throws(CollectionError) {
      let input = try SourceInput(path: "-")
      switch SourceFinder.head(input.head) {
      case .bundles:
        guard let file = file(path, as: "bundles") else { return }
        stream = BundleStream(input)
        streamFile = file
      case .archive, .zoneinfo, .bootLog, .oomLog:
        ready.append(
          failed(LocatedError("only bundles and texts come this way; name the file", file: path))
        )
      case .other:
        let bytes = try input.all(limit: FileLines.largest)
        guard !bytes.isEmpty else {
          ready.append(
            failed(LocatedError("nothing came; name the files, or pipe them in", file: path))
          )
          return
        }
        openText(FileSample(path: path, bytes: bytes), isNamed: true)
      }
    } catch {
      ready.append(failed(LocatedError(HostJudge.message(error, path), file: path)))
    }
  }
}
