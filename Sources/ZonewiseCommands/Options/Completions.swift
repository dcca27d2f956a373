internal import ArgumentParser
internal import BootArguments
internal import Capacity
internal import HostModel
internal import Profiles
internal import SystemIO

/// What a shell offers for values, beside the fixed lists of options: looked up when somebody asks.
enum Completions {
  /// Files, and behind the `#` of a spec its classes.
  static let source = CompletionKind.custom { _, _, prefix in sources(prefix) }

  /// Profiles that come with zonewise, and YAML files.
  static let profile = CompletionKind.custom { _, _, prefix in profiles(prefix) }

  static let target = CompletionKind.list(BootTargets.all.map(\.name))

  static let architecture = CompletionKind.list(Architecture.allCases.map(\.rawValue))

  static let pageSize = CompletionKind.list(["4K", "8K", "16K", "64K"])

  static func sources(_ typed: String) -> [String] {
    let prefix = plain(typed)
    let (file, name) = ClassPath.split(prefix)
    guard let name else {
      return files(prefix) + (FileSystem.isRegularFile(file) ? classes(of: file) : [])
    }
    return classes(of: file).filter { $0.dropFirst(file.count + 1).hasPrefix(name) }
  }

  static func profiles(_ typed: String) -> [String] {
    let prefix = plain(typed)
    let names = (EmbeddedProfiles.names + ["suggest"]).filter { $0.hasPrefix(prefix) }
    return names
      + files(prefix).filter {
        $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || FileSystem.isDirectory($0)
      }
  }

  private static func classes(of file: String) -> [String] {
    ClassPath.names(in: file).map { "\(file)#\($0)" }
  }

  /// Names in the folder of what was typed; hidden ones only where a dot was typed.
  private static func files(_ prefix: String) -> [String] {
    let folder = FileSystem.folder(of: prefix)
    let start = prefix.dropFirst(folder.count)
    // A folder that can't be read has nothing to offer.
    let names = (try? FileSystem.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.sorted().filter { name in
      name.hasPrefix(start) && (start.hasPrefix(".") || !name.hasPrefix("."))
    }.map { folder + $0 }
  }

  /// What was typed, without the shell's backslashes.
  private static func plain(_ typed: String) -> String {
    var result = ""
    var isEscaped = false
    for character in typed {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }
}
