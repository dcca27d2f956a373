/// What the loaders of virtual machines written in Rust take (`linux-loader`, `src/cmdline`).
enum GuestKernelRules {
  static func refusal(_ argument: BootArgument) -> String? {
    argument.word.utf8.allSatisfy { (0x20...0x7E).contains($0) }
      ? nil : "the loader of the guest's kernel takes plain ASCII only"
  }

  /// What must be said of a command line that replaces the one there was.
  static func isWhole(_ key: String, also more: String) -> String {
    "\(key) is the whole command line: keep root=, console= and what else is in it\(more)"
  }
}
