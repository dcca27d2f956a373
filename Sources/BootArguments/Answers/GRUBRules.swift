/// What arrives in the kernel unchanged through GRUB's own script language.
///
/// GRUB reads the line a second time (`grub-core/script`, `grub-core/lib/cmdline.c`): it expands
/// `$`, and it puts a backslash in front of quotes and backslashes that the kernel never takes off.
enum GRUBRules {
  static func refusal(_ argument: BootArgument) -> String? {
    for character in ["\\", "'", "$", "`", ";", "&", "|", "<", ">", "{", "}"]
    where argument.word.contains(character) {
      return "GRUB reads \(character) as its own and the kernel would get something else"
    }
    guard argument.isPlainlyQuoted else {
      return "GRUB takes quotes inside a value away"
    }
    return nil
  }
}
