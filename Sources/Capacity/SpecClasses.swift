internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import SystemIO

/// The machine classes of a spec, each as the host that it would be right after boot under the newest
/// of its kernels: capacity is asked for machines as they will be, check looks at every kernel.
struct SpecClasses {
  struct Entry {
    /// Where the class stands in the spec.
    var place: String
    var host: Result<Host, LocatedError>
  }

  struct Host {
    var snapshot: HostSnapshot
    /// What the spec names for it; nil where it names none.
    var profile: Profile?
    var wish: MovableWish?
    /// Machines that the class stands for.
    var machines: Int
  }

  let all: [Entry]

  /// The classes in a file; nil where the file is no spec.
  ///
  /// - Throws: What is wrong with the spec as a whole.
  init?(_ path: String) throws(LocatedError) {
    guard !UserFile.isDirectory(path), let head = try? UserFile.head(path, bytes: 64 << 10),
      FleetSpec.recognizes(head) || MachineSpecReader.recognizes(head)
    else { return nil }
    let lines: FileLines
    do throws(ReadFailure) { lines = try FileLines.read(path) } catch {
      throw LocatedError("\(error)", file: path)
    }
    let folder = FileSystem.folder(of: path)
    var profiles = ProfileLibrary()
    var all: [Entry] = []
    for result in try Self.classes(lines) {
      switch result {
      case .failure(let error):
        all.append(Entry(place: "\(path):\(error.place.line)", host: .failure(error)))
      case .success(let own):
        let place = own.places.start
        all.append(
          Entry(
            place: "\(place.file):\(place.line)",
            host: Result { () throws(LocatedError) in
              try Self.host(own, folder: folder, profiles: &profiles)
            }
          )
        )
      }
    }
    self.all = all
  }

  private static func classes(
    _ lines: FileLines
  ) throws(LocatedError) -> [Result<MachineClass, LocatedError>] {
    do throws(LocatedError) {
      guard FleetSpec.recognizes(lines.bytes) else {
        let text = String(decoding: lines.bytes, as: UTF8.self)
        return [.success(try MachineSpecReader.machineClass(text, file: lines.path))]
      }
      let spec = try FleetSpec(lines.bytes, file: lines.path)
      return spec.classes(0..<spec.count)
    } catch {
      throw error
    }
  }

  private static func host(
    _ own: MachineClass,
    folder: String,
    profiles: inout ProfileLibrary
  ) throws(LocatedError) -> Host {
    let whole = try own.withCommandLineOfFile(folder: folder).0
    var profile: Profile?
    if let name = own.profile {
      profile = try profiles.profile(
        name,
        folder: folder,
        place: own.places["profile"] ?? own.places.start
      )
    }
    do throws(BootLayoutRefusal) {
      let newest = KernelRange.newest(of: own.kernels.compactMap { $0 })
      return Host(
        snapshot: try ClassSnapshot.make(whole, kernel: newest).snapshot,
        profile: profile,
        wish: own.goals.movable,
        machines: own.count
      )
    } catch {
      throw whole.failure("\(own.name): \(error)", at: "nodes")
    }
  }
}
