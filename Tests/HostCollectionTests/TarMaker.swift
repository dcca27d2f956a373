internal import Foundation
import TestSupport

/// Makes tar archives byte by byte, also such as no sane program would make.
struct TarMaker {
  private(set) var bytes: [UInt8] = []

  enum Kind: Character {
    case file = "0"
    case hardLink = "1"
    case symbolicLink = "2"
    case characterDevice = "3"
    case blockDevice = "4"
    case directory = "5"
    case pipe = "6"
  }

  /// Adds an entry. `claimed` is the size that its header states, where that is a lie.
  mutating func add(
    _ name: [UInt8],
    _ kind: Kind = .file,
    contents: [UInt8] = [],
    target: String = "",
    claimed: UInt64? = nil
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: some Sequence<UInt8>, at start: Int) {
      for (index, byte) in text.enumerated() { header[start + index] = byte }
    }
    func octal(_ value: UInt64, digits: Int) -> [UInt8] {
      let text = String(value, radix: 8)
      return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
    }
    put(name.prefix(100), at: 0)
    put("0000644\0".utf8, at: 100)
    put("0000000\0".utf8, at: 108)
    put("0000000\0".utf8, at: 116)
    let size = claimed ?? UInt64(contents.count)
    if size < 1 << 33 {
      put(octal(size, digits: 11), at: 124)
    } else {
      // GNU's binary form, for sizes that eleven octal digits don't hold.
      header[124] = 0x80
      for index in 0..<8 {
        header[128 + index] = UInt8(truncatingIfNeeded: size >> UInt64(56 - 8 * index))
      }
    }
    put(octal(1_700_000_000, digits: 11), at: 136)
    put("        ".utf8, at: 148)
    header[156] = kind.rawValue.asciiValue ?? 0
    put(target.utf8.prefix(100), at: 157)
    put("ustar\u{0}00".utf8, at: 257)
    let sum = header.reduce(UInt64(0)) { $0 + UInt64($1) }
    put(octal(sum, digits: 6), at: 148)
    header[154] = 0
    bytes += header + contents
    let rest = contents.count % 512
    if rest > 0 { bytes += [UInt8](repeating: 0, count: 512 - rest) }
  }

  mutating func add(
    _ name: String,
    _ kind: Kind = .file,
    contents: [UInt8] = [],
    target: String = "",
    claimed: UInt64? = nil
  ) {
    add(Array(name.utf8), kind, contents: contents, target: target, claimed: claimed)
  }

  /// With the blocks of zeros that end an archive.
  var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}

extension TemporaryFolder {
  /// Writes a file and gives its path.
  func write(_ bytes: [UInt8], _ name: String) throws -> String { try write(name, bytes).path }
}

/// The hosts whose whole roots are fixtures.
enum Roots {
  static let folder = Fixtures.folder("Roots")

  /// Paths of all roots, those of an outside corpus too where there is one.
  static let all: [String] = {
    let manager = FileManager.default
    return ((try? manager.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
      .map { folder.appending(path: $0).path }
      .filter { manager.fileExists(atPath: $0 + "/proc/zoneinfo") }
  }()

  /// Paths of packed roots with devices behind links as sysfs has them, one of each kind.
  static let packed: [String] = [
    "6.1-cxl-left-offline", "6.1-udev-against-kernel", "7.x-dax-kmem-after", "7.x-device-dax-after",
    "7.x-generic-rdma-pin-after", "7.x-generic-vfio-pin-after", "7.x-generic-vmware-balloon",
    "7.x-pmem-legacy-after", "7.x-pmem-map-mem-after", "7.x-without-sysfs", "7.x-zram-swap-after",
  ].map { folder.appending(path: $0 + ".tar.gz").path }

  /// A root as an archive of its own, its links kept.
  static func tar(_ root: String, under top: String = "host") throws -> TarMaker {
    var tar = TarMaker()
    let manager = FileManager.default
    let names = manager.enumerator(atPath: root)?.compactMap { $0 as? String }.sorted() ?? []
    for name in names where name.utf8.count + top.utf8.count < 99 {
      let path = "\(root)/\(name)"
      let entry = top.isEmpty ? name : "\(top)/\(name)"
      if let target = try? manager.destinationOfSymbolicLink(atPath: path) {
        if target.utf8.count < 100 { tar.add(entry, .symbolicLink, target: target) }
      } else if let contents = manager.contents(atPath: path), !manager.isDirectory(path) {
        tar.add(entry, contents: Array(contents))
      } else if manager.isDirectory(path) {
        tar.add(entry + "/", .directory)
      }
    }
    return tar
  }
}

extension FileManager {
  func isDirectory(_ path: String) -> Bool {
    (try? URL(filePath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
  }
}
