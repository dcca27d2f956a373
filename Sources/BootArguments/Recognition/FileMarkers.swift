/// Words in a file by which formats are told apart, all found in one pass over its bytes.
struct FileMarkers: OptionSet, Sendable {
  let rawValue: UInt64

  static let grubVariable = FileMarkers(rawValue: 1 << 0)
  static let menuEntry = FileMarkers(rawValue: 1 << 1)
  static let kernelOpts = FileMarkers(rawValue: 1 << 2)
  static let options = FileMarkers(rawValue: 1 << 3)
  static let append = FileMarkers(rawValue: 1 << 4)
  static let parameters = FileMarkers(rawValue: 1 << 5)
  static let bootloaderSection = FileMarkers(rawValue: 1 << 6)
  static let bootloader = FileMarkers(rawValue: 1 << 7)
  static let kargs = FileMarkers(rawValue: 1 << 8)
  static let ignition = FileMarkers(rawValue: 1 << 9)
  static let kernelArguments = FileMarkers(rawValue: 1 << 10)
  static let butaneArguments = FileMarkers(rawValue: 1 << 11)
  static let machineConfig = FileMarkers(rawValue: 1 << 12)
  static let performanceProfile = FileMarkers(rawValue: 1 << 13)
  static let extraKernelArgs = FileMarkers(rawValue: 1 << 14)
  static let kernelParams = FileMarkers(rawValue: 1 << 15)
  static let bootloaderRole = FileMarkers(rawValue: 1 << 16)
  static let cloudConfig = FileMarkers(rawValue: 1 << 17)
  static let cmdlineElement = FileMarkers(rawValue: 1 << 18)
  static let extraCommandLine = FileMarkers(rawValue: 1 << 19)
  static let iniCommandLine = FileMarkers(rawValue: 1 << 20)
  static let shellVariable = FileMarkers(rawValue: 1 << 21)
  static let kernelParameters = FileMarkers(rawValue: 1 << 22)
  static let bootArgs = FileMarkers(rawValue: 1 << 23)
  static let ipxe = FileMarkers(rawValue: 1 << 24)
  static let root = FileMarkers(rawValue: 1 << 25)
  /// The name of an argument that zonewise knows, with `=` behind it.
  static let knownArgument = FileMarkers(rawValue: 1 << 26)
  static let hugePages = FileMarkers(rawValue: 1 << 27)
  /// An argument that zonewise knows and that has no value.
  static let knownFlag = FileMarkers(rawValue: 1 << 28)
  /// The name of an argument, whatever follows.
  static let argumentName = FileMarkers(rawValue: 1 << 37)
  static let kernelConfig = FileMarkers(rawValue: 1 << 29)
  static let deviceTree = FileMarkers(rawValue: 1 << 30)
  static let overlay = FileMarkers(rawValue: 1 << 31)
  static let ubootArguments = FileMarkers(rawValue: 1 << 32)
  static let commandLineKey = FileMarkers(rawValue: 1 << 33)
  static let kernelBlock = FileMarkers(rawValue: 1 << 34)
  /// Keys of Incus and LXD that a guest's arguments or its memory stand under.
  static let rawQEMU = FileMarkers(rawValue: 1 << 35)
  static let bottlerocket = FileMarkers(rawValue: 1 << 36)
  /// Words of the kernel's own messages and of its list of zones.
  static let kernelMessages = FileMarkers(rawValue: 1 << 38)
  /// A key that a spec of zonewise's must have.
  static let specKey = FileMarkers(rawValue: 1 << 39)
  /// A setting of memory that is no argument: a sysctl, or a file that onlines memory.
  static let memorySetting = FileMarkers(rawValue: 1 << 40)
  /// What a hypervisor's file calls the most memory that a guest may get.
  static let hotplugKey = FileMarkers(rawValue: 1 << 42)
  static let guestMemory = FileMarkers(rawValue: 1 << 41)
  static let android = FileMarkers(rawValue: 1 << 50)
  static let bootCommand = FileMarkers(rawValue: 1 << 51)
  /// Memory of nodes that a kubelet keeps.
  static let kubelet = FileMarkers(rawValue: 1 << 52)
  /// Any argument that zonewise looks for.
  static let argument: FileMarkers = [.knownArgument, .knownFlag]
  /// A NUL byte: not text. The pass ends there.
  static let binary = FileMarkers(rawValue: 1 << 63)

  private static let words: [(String, FileMarkers)] =
    [
      ("GRUB_CMDLINE_LINUX", .grubVariable), ("menuentry", .menuEntry),
      ("kernelopts", .kernelOpts), ("options", .options), ("append", .append),
      ("APPEND", .append), ("Append", .append), ("parameters", .parameters),
      ("[bootloader]", .bootloaderSection), ("bootloader", .bootloader), ("kargs", .kargs),
      ("\"ignition\"", .ignition), ("kernelArguments", .kernelArguments),
      ("kernel_arguments", .butaneArguments), ("MachineConfig", .machineConfig),
      ("PerformanceProfile", .performanceProfile), ("additionalKernelArgs", .performanceProfile),
      ("extraKernelArgs", .extraKernelArgs), ("kernelParams", .kernelParams),
      ("bootloader_settings", .bootloaderRole), ("#cloud-config", .cloudConfig),
      ("<cmdline", .cmdlineElement), ("extraCommandLine", .extraCommandLine),
      ("KernelCommandLine", .iniCommandLine),
      ("kernelCommandLine", .iniCommandLine), ("Cmdline", .iniCommandLine),
      ("kernel_cmdline", .shellVariable), ("default_kernel_opts", .shellVariable),
      ("U_BOOT_PARAMETERS", .shellVariable), ("LINUX_KERNEL_CMDLINE", .shellVariable),
      ("DEFAULT_APPEND", .shellVariable), ("extraargs", .shellVariable),
      ("kernel_params", .kernelParameters), ("boot_args", .bootArgs), ("#!ipxe", .ipxe),
      ("root=", .root), ("BOOT_IMAGE=", .root), ("console=", .root), ("hugepages:", .hugePages),
      ("movable_node", .knownFlag), ("CONFIG_CMDLINE", .kernelConfig),
      ("CONFIG_CMA_SIZE", .kernelConfig), ("linux,cma", .deviceTree), ("bootargs", .deviceTree),
      ("dtoverlay=", .overlay), ("bootargs", .ubootArguments), ("optargs", .ubootArguments),
      ("extraargs", .ubootArguments), ("cmdline", .commandLineKey), ("CMDLINE", .commandLineKey),
      ("kernel {", .kernelBlock), ("kernel{", .kernelBlock), ("kernel.", .kernelBlock),
      ("BOARD_KERNEL_CMDLINE", .android), ("BOARD_VENDOR_CMDLINE", .android),
      ("VENDOR_CMDLINE", .android), ("TARGET_KERNEL_CMDLINE", .android),
      ("BOARD_BOOTCONFIG", .android), ("BOARD_VENDOR_BOOTCONFIG", .android),
      ("command line args:", .android), ("deviceinfo_kernel_cmdline", .shellVariable),
      ("boot_command", .bootCommand), ("reservedMemory", .kubelet), ("raw.qemu", .rawQEMU),
      ("kernel-parameters", .bottlerocket),
      ("Linux version ", .kernelMessages), ("Command line: ", .kernelMessages),
      ("command line: ", .kernelMessages),
      ("Memory: ", .kernelMessages), ("Zone ranges:", .kernelMessages),
      ("invoked oom-killer", .kernelMessages), ("page allocation ", .kernelMessages),
      ("oom-kill:constraint", .kernelMessages), ("Node ", .kernelMessages),
      ("min_free_kbytes", .memorySetting), ("lowmem_reserve_ratio", .memorySetting),
      ("watermark_scale_factor", .memorySetting), ("movable_gigantic_pages", .memorySetting),
      ("auto_online_blocks", .memorySetting), ("memory_hotplug", .memorySetting),
      ("system/memory/", .memorySetting), ("SUBSYSTEM==\"memory\"", .memorySetting),
      ("vm.min_free_kbytes", .memorySetting), ("vm.lowmem_reserve_ratio", .memorySetting),
      ("vm.watermark_scale_factor", .memorySetting), ("vm.movable_gigantic_pages", .memorySetting),
      ("maxMemory", .guestMemory), ("maxmem", .guestMemory), ("hotplug_size", .guestMemory),
      ("total_size_mib", .guestMemory), ("default_maxmemory", .guestMemory),
      ("limits.memory.hotplug", [.rawQEMU, .guestMemory]), ("maxGuest", .guestMemory),
      ("memorySlots", .guestMemory), ("hotplug: ", .hotplugKey), ("classes:", .specKey),
      ("machine:", .specKey), ("schema: 1", .specKey), ("fleet.schema.json", .specKey),
      ("fleet spec for zonewise", .specKey),
    ] + KnownArguments.searched.map { ($0 + "=", .knownArgument) }
    + KnownArguments.searched.filter { $0 != "cma" }.map { ($0, .argumentName) }

  /// The words, those with the same first byte next to each other.
  private struct Table {
    /// All words behind each other.
    var text: [UInt8] = []
    var starts: [Int] = []
    var ends: [Int] = []
    var markers: [UInt64] = []
    /// By first byte, where its words begin; one more for the end.
    var buckets = [Int](repeating: 0, count: 257)
    /// By byte, whether it is a letter of words in general, and whether one of these begins with it.
    var kinds = [UInt8](repeating: 0, count: 256)

    static let isLetter: UInt8 = 1
    static let isFirst: UInt8 = 2

    init(_ words: [(String, FileMarkers)]) {
      let ordered = words.map { (Array($0.0.utf8), $0.1) }.sorted { $0.0[0] < $1.0[0] }
      for (word, marker) in ordered {
        starts.append(text.count)
        text += word
        ends.append(text.count)
        markers.append(marker.rawValue)
        for byte in (Int(word[0]) + 1)..<257 { buckets[byte] += 1 }
        kinds[Int(word[0])] |= Self.isFirst
      }
      for byte in [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A].joined() {
        kinds[byte] |= Self.isLetter
      }
      // Ends the pass.
      kinds[0] |= Self.isFirst
    }

    /// The markers of the words that stand at a place, but for those that have been found.
    func words(at index: Int, in bytes: Span<UInt8>, unless found: UInt64) -> UInt64 {
      var result: UInt64 = 0
      let first = Int(bytes[index])
      for word in buckets[first]..<buckets[first + 1] where found & markers[word] == 0 {
        let start = starts[word]
        let count = ends[word] - start
        guard index + count <= bytes.count else { continue }
        var offset = 1
        while offset < count, bytes[index + offset] == text[start + offset] { offset += 1 }
        if offset == count { result |= markers[word] }
      }
      return result
    }
  }

  private static let table = Table(words)

  init(rawValue: UInt64) { self.rawValue = rawValue }

  /// One pass, with no more than a look at a table for nearly every byte.
  ///
  /// - Complexity: O(bytes), no allocation
  init(scanning bytes: [UInt8]) {
    let table = Self.table
    let kinds = table.kinds.span
    let text = bytes.span
    var found: UInt64 = 0
    var previous: UInt8 = 0
    for index in text.indices {
      let kind = kinds[Int(text[index])]
      // A word begins here only where no other one goes on.
      if kind & Table.isFirst != 0, kind & previous & Table.isLetter == 0 {
        guard text[index] != 0 else {
          found |= Self.binary.rawValue
          break
        }
        found |= table.words(at: index, in: text, unless: found)
      }
      previous = kind
    }
    rawValue = found
  }
}
