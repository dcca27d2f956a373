internal import Advice
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import MachineSpec
internal import Profiles
internal import SourceText
internal import SystemIO

/// The machine classes of a spec.
struct SpecClasses {
  struct Entry {
    /// Where the class stands in the spec.
    var place: String
    var own: Result<Class, LocatedError>
  }

  /// A class with the files that it names.
  struct Class {
    var machine: MachineClass
    /// What the spec names for it; nil where it names none.
    var profile: Profile?

    var name: String { machine.name }
    var wish: MovableWish? { machine.goals.movable }
    /// Machines that the class stands for.
    var machines: Int { machine.count }

    /// The host that the class would be right after boot.
    ///
    /// - Parameter kernel: One of its kernels.
    /// - Returns: The host, with what was taken for granted.
    /// - Throws: Why its zones can't be predicted.
    func host(_ kernel: KernelVersion?) throws(LocatedError) -> ClassSnapshot.Host {
      do throws(BootLayoutRefusal) {
        return try ClassSnapshot.make(machine, kernel: kernel)
      } catch {
        throw machine.failure("\(machine.name): \(error)", at: "nodes")
      }
    }

    /// The same under its newest kernel: capacity is asked for machines as they will be.
    func newest() throws(LocatedError) -> ClassSnapshot.Host {
      try host(KernelRange.newest(of: machine.kernels.compactMap { $0 }))
    }
  }

  let file: String
  let all: [Entry]
  /// Whether the user asked for all classes of a fleet, and for no single one.
  let isList: Bool

  /// Whether a text is a spec.
  static func recognizes(_ head: [UInt8]) -> Bool {
    FleetSpec.recognizes(head) || MachineSpecReader.resembles(head)
  }

  /// The classes of a spec, or the one that is named; nil where the file is no spec.
  ///
  /// - Throws: What is wrong with the spec as a whole, or that it has no such class.
  init?(_ path: String) throws(LocatedError) {
    let (file, name) = ClassPath.split(path)
    guard !UserFile.isDirectory(file), let head = try? UserFile.head(file, bytes: 64 << 10)
    else { return nil }
    guard Self.recognizes(head) else {
      guard FleetSpec.isBegun(head), file.hasSuffix(".yaml") || file.hasSuffix(".yml") else {
        return nil
      }
      throw LocatedError(
        "a machine spec has two keys: schema: 1, and machine: or classes: (zonewise-spec(5))",
        file: file,
        line: 1
      )
    }
    let lines: FileLines
    do throws(ReadFailure) { lines = try FileLines.read(file) } catch {
      throw LocatedError("\(error)", file: file)
    }
    try self.init(lines, only: name)
  }

  /// - Throws: What is wrong with the spec as a whole, or that it has no such class.
  init(_ lines: FileLines, only name: String?) throws(LocatedError) {
    let path = lines.path
    let folder = FileSystem.folder(of: path)
    var profiles = ProfileLibrary()
    var all: [Entry] = []
    var names: [String] = []
    for result in try Self.classes(lines) {
      switch result {
      case .failure(let error):
        guard name == nil else { continue }
        all.append(Entry(place: "\(path):\(error.place.line)", own: .failure(error)))
      case .success(let own):
        names.append(own.name)
        if let name, own.name != name { continue }
        let place = own.places.start
        all.append(
          Entry(
            place: "\(place.file):\(place.line)",
            own: Result { () throws(LocatedError) in
              try Self.whole(own, folder: folder, profiles: &profiles)
            }
          )
        )
      }
    }
    if let name, all.isEmpty {
      throw ClassPath.missing(name, among: names, file: path)
    }
    file = path
    isList = name == nil && FleetSpec.recognizes(lines.bytes)
    self.all = all
  }

  private static func classes(
    _ lines: FileLines
  ) throws(LocatedError) -> [Result<MachineClass, LocatedError>] {
    guard FleetSpec.recognizes(lines.bytes) else {
      let text = String(decoding: lines.bytes, as: UTF8.self)
      return [.success(try MachineSpecReader.machineClass(text, file: lines.path))]
    }
    let spec = try FleetSpec(lines.bytes, file: lines.path)
    return spec.classes(0..<spec.count)
  }

  private static func whole(
    _ own: MachineClass,
    folder: String,
    profiles: inout ProfileLibrary
  ) throws(LocatedError) -> Class {
    var profile: Profile?
    if let name = own.profile {
      profile = try profiles.profile(
        name,
        folder: folder,
        place: own.places["profile"] ?? own.places.start
      )
    }
    return Class(machine: try own.withCommandLineOfFile(folder: folder).0, profile: profile)
  }
}
