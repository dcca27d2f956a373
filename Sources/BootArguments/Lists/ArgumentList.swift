internal import KernelText
internal import SourceText

/// One list of kernel arguments in a file: a kernel's whole command line or a part of it, with
/// where its arguments stand and how they can be changed.
///
/// A format locates the lists of a file; `check` reads from them and a boot target changes them. A
/// list without any piece is a place where a list may be made.
struct ArgumentList: Sendable {
  /// What targets choose a list by (`spec.kernelArguments`); nil where none does.
  var key: String?
  /// Menu entry, resource, profile …; nil where there is only one.
  var title: String?
  /// In the order in which the kernel will see them.
  var fragments: [ArgumentFragment]
  /// Where the file says for which ones the list is, else empty.
  var architectures: [String]
  /// False where only a part of the command line is in the file.
  var isComplete: Bool
  /// How sure it is that a kernel gets these.
  var confidence = ArgumentConfidence.stated
  /// What becomes of their order before the kernel reads them.
  var order = ArgumentOrder.asWritten
  /// The memory of the guest that boots with them, where the file says it beside them.
  var guest: GuestMemory<Int>?
  var insertion: ArgumentInsertion
  /// What else changes where none of the items is left.
  var whenEmpty: TextEdit?
  /// The pieces that `whenEmpty` speaks of; nil for all.
  var items: Range<Int>?

  init(
    key: String? = nil,
    title: String? = nil,
    fragments: [ArgumentFragment],
    architectures: [String] = [],
    isComplete: Bool = true,
    insertion: ArgumentInsertion = .last,
    whenEmpty: TextEdit? = nil
  ) {
    self.key = key
    self.title = title
    self.fragments = fragments
    self.architectures = architectures
    self.isComplete = isComplete
    self.insertion = insertion
    self.whenEmpty = whenEmpty
  }

  /// A list of quoted strings.
  init(
    key: String? = nil,
    quoted list: QuotedItems,
    in bytes: [UInt8],
    encode: @escaping @Sendable (String) -> String
  ) {
    self.init(
      key: key,
      fragments: list.fragments(in: bytes, encode: encode),
      isComplete: false,
      insertion: list.insertion(in: bytes, encode: encode)
    )
  }

  /// The memory of a guest that gets its arguments from elsewhere.
  init(title: String? = nil, guest: GuestMemory<Int>) {
    self.init(title: title, fragments: [], isComplete: false)
    self.guest = guest
  }

  /// A place for a list.
  init(
    key: String? = nil,
    missing insertion: ArgumentInsertion,
    guest: GuestMemory<Int>? = nil
  ) {
    self.init(key: key, fragments: [], isComplete: false, insertion: insertion)
    self.guest = guest
  }

  /// Whether it says what becomes of memory that is plugged in.
  var saysWhatOnlines: Bool {
    fragments.contains { fragment in
      ["memhp_default_state=", "movable_node", "memory_hotplug.online_policy="].contains {
        fragment.text.contains($0)
      }
    }
  }

  /// Under a name of its own, or behind one that it has.
  func titled(_ name: String) -> ArgumentList {
    var list = self
    list.title = title.map { "\(name): \($0)" } ?? name
    return list
  }

  /// The same list in another text, only to be read there.
  func mapped(_ place: (Int) -> Int) -> ArgumentList {
    var list = self
    list.fragments = fragments.map { fragment in
      var mapped = ArgumentFragment(text: fragment.text, offsets: fragment.offsets.map(place))
      mapped.isGlued = fragment.isGlued
      return mapped
    }
    list.insertion = .last
    list.whenEmpty = nil
    return list
  }
}
