package import SourceText

/// Why boot arguments or a boot file were refused.
package enum BootArgumentsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An argument that no kernel command line can carry.
  case badArgument(String, why: String)
  /// An argument that this target can't carry.
  case refused(String, target: String, why: String)
  /// An existing file that is not understood, or that can't be changed without guessing.
  case file(LocatedError)

  package var description: String {
    switch self {
    case .badArgument(let argument, let why):
      "argument '\(Self.visible(argument))': \(why)"
    case .refused(let argument, let target, let why):
      "argument '\(Self.visible(argument))' can't go to \(target): \(why)"
    case .file(let error): error.description
    }
  }

  /// Whether a file is at fault, not what the user asked for.
  package var isAboutFile: Bool {
    if case .file = self { true } else { false }
  }

  /// Control characters as escapes: a message is one line and changes no terminal.
  private static func visible(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control
        ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    .joined()
  }
}
