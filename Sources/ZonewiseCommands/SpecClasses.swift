internal import Advice
internal import FleetCheck
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import KernelText
internal import Profiles

/// The machine classes of a spec, each as the host that it would be right after boot: one for each
/// kernel that the class runs.
struct SpecClasses {
  /// A class under one kernel, or why it can't be a host.
  struct Made {
    var name: String
    /// Where the class stands in the spec.
    var place: String
    /// The profile that the spec names for it.
    var profile: Result<Profile, Unusable>?
    var wish: MovableWish?
    /// Machines that the class stands for.
    var machines = 1
    var snapshot: Result<HostSnapshot, Unusable>
  }

  /// Why something can't be used.
  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  let all: [Made]

  /// The classes in a file; nil where the file is no spec.
  ///
  /// - Throws: What is wrong with the spec as a whole.
  init?(_ path: String) throws(Unusable) {
    guard !UserFile.isDirectory(path), let head = try? UserFile.head(path, bytes: 64 << 10),
      case .other = SourceFinder.head(head)
    else { return nil }
    let isFleet = FleetSpec.recognizes(head)
    guard isFleet || MachineSpecReader.recognizes(String(decoding: head, as: UTF8.self)) else {
      return nil
    }
    do {
      let text = try UserFile.text(path, limit: 16 << 20)
      guard isFleet else {
        all = [Self.made(try Self.machine(text, file: path), kernel: nil, folder: "")]
        return
      }
      let spec = try FleetSpec(Array(text.utf8), file: path)
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      all = spec.classes(0..<spec.count).flatMap { result -> [Made] in
        switch result {
        case .failure(let error):
          return [
            Made(
              name: path,
              place: path,
              snapshot: .failure(Unusable(description: error.description))
            )
          ]
        case .success(let own):
          // Capacity is asked for machines as they will be: check looks at every kernel.
          let newest = own.kernels.compactMap { $0 }.max()
          return [Self.made(own, kernel: newest, folder: folder)]
        }
      }
    } catch let error as YAMLError {
      throw Unusable(description: error.description)
    } catch {
      throw Unusable(description: "\(path): \(error)")
    }
  }

  /// A spec of one machine as a class of one.
  private static func machine(_ text: String, file: String) throws(YAMLError) -> MachineClass {
    let machine = try MachineSpecReader.read(text, file: file)
    let start = Finding.Location(file: file, line: 1, column: 1)
    var own = MachineClass(machine: machine, places: ClassPlaces(file: file, line: 1, column: 1))
    own.kernels = [machine.kernel]
    own.commandLine = ClassCommandLine(
      KernelCommandLineText.arguments(machine.commandLine).map {
        ClassCommandLine.Word($0.text, at: start, length: $0.text.count)
      }
    )
    return own
  }

  private static func made(_ own: MachineClass, kernel: KernelVersion?, folder: String) -> Made {
    let kernel = kernel ?? own.machine.kernel
    let place = own.places.start
    var made = Made(
      name: own.name,
      place: "\(place.file):\(place.line)",
      wish: own.goals.movable,
      machines: own.count,
      snapshot: .failure(Unusable(description: ""))
    )
    if let name = own.profile { made.profile = profile(name, folder: folder, place: made.place) }
    let whole: MachineClass
    do throws(CheckFailure) { whole = try own.withCommandLineOfFile(folder: folder).0 } catch {
      let at = error.location
      made.snapshot = .failure(
        Unusable(description: "\(at.file):\(at.line):\(at.column): \(error.message)")
      )
      return made
    }
    do throws(BootLayoutRefusal) {
      made.snapshot = .success(try ClassSnapshot.make(whole, kernel: kernel).snapshot)
    } catch {
      made.snapshot = .failure(Unusable(description: "\(made.place): \(own.name): \(error)"))
    }
    return made
  }

  private static func profile(
    _ name: String,
    folder: String,
    place: String
  ) -> Result<Profile, Unusable> {
    let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let path = isFile && !name.hasPrefix("/") ? folder + name : name
    do {
      if isFile {
        let text = try UserFile.text(path, limit: ProfileReader.largestFile)
        return .success(try ProfileReader.read(text, file: path))
      }
      guard let text = EmbeddedProfiles.text(name) else {
        return .failure(Unusable(description: "\(place): no profile \(name)"))
      }
      return .success(try ProfileReader.read(text, file: "profiles/\(name).yaml"))
    } catch let error as YAMLError {
      return .failure(Unusable(description: error.description))
    } catch {
      return .failure(Unusable(description: "\(place): profile \(path): \(error)"))
    }
  }
}
