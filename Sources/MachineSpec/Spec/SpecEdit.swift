package import BootArguments
package import HostModel
internal import Profiles
package import SourceText

/// Changes keys of one machine in the text of its spec; comments and order stay.
package struct SpecEdit {
  package enum Machine: Hashable, Sendable {
    /// The only one of a machine spec.
    case only
    /// A class of a fleet spec, counted from zero.
    case inFleet(Int)
  }

  /// What is to become of the machine.
  package struct Change {
    package var arguments: ArgumentChange?
    /// Settings by their names under /proc/sys.
    package var sysctls: [(name: String, value: String)]
    /// Sizes of huge pages that are to be reserved at boot.
    package var sizesAtBoot: [ByteCount]

    package init(
      arguments: ArgumentChange?,
      sysctls: [(name: String, value: String)],
      sizesAtBoot: [ByteCount]
    ) {
      self.arguments = arguments
      self.sysctls = sysctls
      self.sizesAtBoot = sizesAtBoot
    }
  }

  private let file: String
  private let machine: Machine
  private var bytes: [UInt8]

  private init(_ bytes: [UInt8], file: String, machine: Machine) {
    self.bytes = bytes
    self.file = file
    self.machine = machine
  }

  /// The spec with a machine changed.
  ///
  /// - Parameters:
  ///   - change: What is to become of it.
  ///   - machineClass: The machine as it is now, with what `defaults` say of it.
  ///   - machine: Where it stands.
  ///   - bytes: The spec.
  ///   - file: Its file.
  /// - Returns: The text.
  /// - Throws: What can't be changed, and where.
  package static func applying(
    _ change: Change,
    to machineClass: MachineClass,
    _ machine: Machine,
    of bytes: [UInt8],
    file: String
  ) throws(LocatedError) -> [UInt8] {
    var edit = SpecEdit(bytes, file: file, machine: machine)
    if let arguments = change.arguments { try edit.change(arguments, of: machineClass) }
    for sysctl in change.sysctls { try edit.set(sysctl, of: machineClass) }
    for size in change.sizesAtBoot { try edit.reserveAtBoot(size) }
    return edit.bytes
  }

  // MARK: Keys

  private mutating func change(
    _ arguments: ArgumentChange,
    of machineClass: MachineClass
  ) throws(LocatedError) {
    try rewrite { (mapping) throws(LocatedError) in
      guard let value = mapping.value(of: "cmdline") else {
        guard machineClass.commandLineFile == nil else {
          throw mapping.failure(
            "its cmdline comes from defaults and a file; give it one of its own"
          )
        }
        // What others share stays as it is for them.
        let line = CommandLine(machineClass.commandLine.text).applying(arguments).text
        return TextEdit.apply(
          [try mapping.setting("cmdline", to: YAMLText.quoted(line), behind: Self.anchor(mapping))],
          to: mapping.text.bytes
        )
      }
      guard value.entries == nil else {
        throw value.failure("its arguments stand in another file; change them there")
      }
      return try YAMLCommandLine.changing("cmdline", of: mapping, arguments)
    }
  }

  private mutating func set(
    _ sysctl: (name: String, value: String),
    of machineClass: MachineClass
  ) throws(LocatedError) {
    try rewrite { (mapping) throws(LocatedError) in
      let edit: TextEdit
      if let own = mapping.value(of: "sysctl"), let first = own.entries?.first?.key.string {
        edit = try own.setting(sysctl.name, to: sysctl.value, behind: first)
      } else {
        var all = machineClass.sysctls
        all[sysctl.name] = sysctl.value
        let pairs = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        edit = try mapping.setting(
          "sysctl",
          to: "{\(pairs.joined(separator: ", "))}",
          behind: Self.anchor(mapping)
        )
      }
      return TextEdit.apply([edit], to: mapping.text.bytes)
    }
  }

  private mutating func reserveAtBoot(_ size: ByteCount) throws(LocatedError) {
    try rewrite { (mapping) throws(LocatedError) in
      guard let list = mapping.value(of: "hugepages"), let items = list.items else {
        throw mapping.failure("its hugepages stand in defaults; change them there")
      }
      var edits: [TextEdit] = []
      for item in items where item.value(of: "when")?.string == "runtime" {
        guard let text = item.value(of: "size")?.string, ByteCount(text: text) == size else {
          continue
        }
        edits.append(try item.setting("when", to: "boot", behind: "size"))
      }
      guard !edits.isEmpty else {
        throw list.failure("no pages of \(size.text) are asked for at run time here")
      }
      return TextEdit.apply(edits, to: mapping.text.bytes)
    }
  }

  /// The key behind which new ones go: every machine has one of the two.
  private static func anchor(_ mapping: YAMLNode) -> String {
    mapping.value(of: "name") == nil ? "arch" : "name"
  }

  // MARK: The machine's own text

  /// Changes the text that a machine stands in, by its mapping.
  private mutating func rewrite(
    _ change: (YAMLNode) throws(LocatedError) -> [UInt8]
  ) throws(LocatedError) {
    switch machine {
    case .only:
      let root = try YAMLDocument(String(decoding: bytes, as: UTF8.self), file: file).root
      guard let mapping = root.value(of: "machine") else {
        throw root.failure("key machine is missing")
      }
      bytes = try change(mapping)
    case .inFleet(let index):
      let text = FleetSpecText(bytes)
      guard text.isSplit else {
        let root = try YAMLDocument(String(decoding: bytes, as: UTF8.self), file: file).root
        guard let items = root.value(of: "classes")?.items, items.indices.contains(index) else {
          throw root.failure("no class \(index + 1) in here")
        }
        bytes = try change(items[index])
        return
      }
      guard index < text.count else {
        throw LocatedError("no class \(index + 1) in here", file: file)
      }
      let range = text.range(index)
      let dash = text.dash(index) - range.lowerBound
      var own = Array(bytes[range])
      own[dash] = UInt8(ascii: " ")
      let root = try YAMLDocument(
        String(decoding: own, as: UTF8.self),
        file: file,
        firstLine: text.item(index).line
      ).root
      var changed = try change(root)
      changed[dash] = UInt8(ascii: "-")
      bytes.replaceSubrange(range, with: changed)
    }
  }
}
