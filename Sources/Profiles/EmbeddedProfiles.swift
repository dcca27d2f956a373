package import SourceText

/// The profiles that the binary carries: the files of `profiles/`, as they were when it was built.
package enum EmbeddedProfiles {
  package static var names: [String] { texts.map(\.name) }

  /// The YAML text of a profile, or nil where there is none of that name.
  package static func text(_ name: String) -> String? { texts.first { $0.name == name }?.text }

  /// Reads one by name; nil where there is none.
  package static func profile(_ name: String) throws(LocatedError) -> Profile? {
    guard let text = text(name) else { return nil }
    return try ProfileReader.read(text, file: "profiles/\(name).yaml")
  }
}
