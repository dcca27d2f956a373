internal import Foundation

/// A folder as one text (`NAME.pack`); Lab/packs.py writes it and describes the format.
struct FolderPack {
  enum Entry: Equatable {
    case file(Data)
    /// A file that nobody may read.
    case unreadable
    case link(to: String)
    case directory
  }

  enum Damage: Error, Equatable {
    case noHeader(String)
    case outside(String)
  }

  private(set) var entries: [(path: String, entry: Entry)] = []

  init(_ text: Data) throws(Damage) {
    let mark = Data("\n-- ".utf8)
    // One newline in front makes every header alike; the last one of the text is a separator too.
    let all = Data("\n".utf8) + (text.last == UInt8(ascii: "\n") ? text.dropLast() : text)
    var start = all.range(of: mark)
    while let head = start {
      let next = all.range(of: mark, in: head.upperBound..<all.endIndex)
      let body = all[head.upperBound..<(next?.lowerBound ?? all.endIndex)]
      entries.append(try Self.entry(body))
      start = next
    }
  }

  private static func entry(_ body: Data) throws(Damage) -> (path: String, entry: Entry) {
    let end = body.firstIndex(of: UInt8(ascii: "\n"))
    let head = String(decoding: body[..<(end ?? body.endIndex)], as: UTF8.self)
    // The newline that ends a file's last line went with the next header's mark.
    let contents = end.map { body[($0 + 1)...] + Data("\n".utf8) } ?? Data()
    guard let mark = head.range(of: " --") else { throw .noHeader(head) }
    let name = String(head[..<mark.lowerBound])
    if name.split(separator: "/").contains("..") && !name.contains(" -> ") { throw .outside(name) }
    switch head[mark.upperBound...] {
    case "":
      if let arrow = name.range(of: " -> ") {
        return (String(name[..<arrow.lowerBound]), .link(to: String(name[arrow.upperBound...])))
      }
      if name.hasSuffix("/") { return (String(name.dropLast()), .directory) }
      return (name, .file(contents))
    case " no newline at end": return (name, .file(contents.dropLast()))
    case " unreadable": return (name, .unreadable)
    default: throw .noHeader(head)
    }
  }

  /// Adds the files to a folder.
  func unpack(into folder: URL) throws {
    let manager = FileManager.default
    var made: Set<String> = []
    func make(_ directory: URL) throws {
      guard made.insert(directory.path).inserted else { return }
      try manager.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    try make(folder)
    for (path, entry) in entries {
      let place = folder.appending(path: path)
      try make(place.deletingLastPathComponent())
      switch entry {
      case .file(let contents): try contents.write(to: place)
      case .directory: try make(place)
      case .link(let target):
        try manager.createSymbolicLink(atPath: place.path, withDestinationPath: target)
      case .unreadable:
        try Data().write(to: place)
        try manager.setAttributes([.posixPermissions: 0], ofItemAtPath: place.path)
      }
    }
  }
}
