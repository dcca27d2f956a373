internal import HostCollection
package import HostModel
package import KernelBehavior
internal import KernelText
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import SystemIO

/// The machine that a prediction is about: a host, a boot log or a machine spec.
package struct PredictionSource {
  package var inputs: BootLayoutInputs
  package var description: SourceDescription
  /// Bytes of a memory block, where the source tells.
  package var blockSize: ByteCount?

  /// Finds out what a source is, by its content, and reads it.
  package static func read(
    _ path: String?,
    overrides: BootLayoutInputs.Overrides
  ) throws(BootLayoutRefusal) -> PredictionSource {
    guard let path else { return try host(nil, overrides) }
    if path != "-" {
      let holdsHost = try? SourceFinder.holdsHost(path)
      if UserFile.isDirectory(path) || holdsHost == true { return try host(path, overrides) }
      if let spec = try machineSpec(path) {
        return PredictionSource(
          inputs: try spec.layoutInputs(overrides: overrides),
          description: SourceDescription(kind: .spec, path: path),
          blockSize: spec.blockSize
        )
      }
    }
    let log = try bootLog(path)
    return PredictionSource(
      inputs: try BootLayoutInputs(log: log, overrides: overrides),
      description: SourceDescription(kind: .bootLog, path: path),
      blockSize: log.memoryBlockSize
    )
  }

  private static func host(
    _ path: String?,
    _ overrides: BootLayoutInputs.Overrides
  ) throws(BootLayoutRefusal) -> PredictionSource {
    let snapshot: HostSnapshot
    do throws(CollectionError) { snapshot = try SourceFinder.find(path).snapshot() } catch {
      throw .inputUnknown("\(error)")
    }
    return PredictionSource(
      inputs: try BootLayoutInputs(snapshot: snapshot, overrides: overrides),
      description: snapshot.source,
      blockSize: snapshot.memoryBlocks.value?.blockSize
    )
  }

  /// The spec in a file, nil where the file is something else.
  private static func machineSpec(_ path: String) throws(BootLayoutRefusal) -> MachineSpec? {
    guard let start = try? UserFile.head(path, bytes: 64 << 10),
      FleetSpec.recognizes(start) || MachineSpecReader.resembles(start)
    else { return nil }
    guard !FleetSpec.recognizes(start) else {
      throw .inputUnknown(
        "a fleet spec: zonewise check judges its classes, predict takes one machine (machine:)"
      )
    }
    let text: String
    do throws(ReadFailure) {
      text = try UserFile.text(path, limit: 16 << 20)
    } catch {
      throw .inputUnknown("\(error)")
    }
    do throws(LocatedError) {
      return try MachineSpecReader.read(text, file: path)
    } catch {
      throw .inputUnknown(error.description)
    }
  }

  private static func bootLog(_ path: String) throws(BootLayoutRefusal) -> BootLog {
    do throws(CollectionError) {
      return try BootLogSource.read(path)
    } catch {
      // The command names the file itself.
      if case .recognized(_, let text) = error { throw .inputUnknown(text.words) }
      throw .inputUnknown("\(error)")
    }
  }
}
