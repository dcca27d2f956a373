internal import CArchive
internal import Glibc

/// libarchive's reader over a file or pipe: entries one after the other, nothing unpacked to disk.
///
/// Every unsafe call of libarchive's reading half is in this file. The C side is given one client
/// pointer, the `Input`, which this object keeps alive until the archive is freed.
@safe final class ArchiveStream {
  /// Something in the archive.
  struct Entry {
    enum Kind {
      case file
      case symbolicLink
      case hardLink
      case directory
      /// A device, a pipe or a socket.
      case special
    }

    /// As it stands in the archive; bytes that are not UTF-8 are written `\xNN`.
    var path: String
    var kind: Kind
    var target: String
    var size: UInt64
    /// Whether the archive leaves out holes, so that `size` says nothing about what is stored.
    var isSparse: Bool
    /// False where this is no archive but a single compressed file.
    var isArchived: Bool
  }

  /// What libarchive says of a stream that it can't read on.
  struct Damage: Error {
    var why: String
  }

  private let archive: OpaquePointer
  private let input: Input

  /// Reads on from `descriptor`, of which `head` has been read already.
  convenience init(descriptor: Int32, head: [UInt8]) throws(Damage) {
    try self.init(Input(descriptor: descriptor, head: head))
  }

  /// Reads what is in memory.
  convenience init(bytes: [UInt8]) throws(Damage) {
    try self.init(Input(descriptor: nil, head: bytes))
  }

  private init(_ input: Input) throws(Damage) {
    guard let archive = unsafe archive_read_new() else { throw Damage(why: "out of memory") }
    unsafe self.archive = unsafe archive
    self.input = input
    guard unsafe zonewise_archive_support(archive) != 0 else { throw failure() }
    let client = unsafe Unmanaged.passUnretained(input).toOpaque()
    let status = unsafe zonewise_archive_open(
      archive,
      client,
      { _, client, buffer in
        guard let client = unsafe client, let buffer = unsafe buffer else { return -1 }
        return unsafe Unmanaged<Input>.fromOpaque(client).takeUnretainedValue().fill(buffer)
      }
    )
    guard status == ZONEWISE_ARCHIVE_OK else { throw failure() }
  }

  deinit { unsafe archive_read_free(archive) }

  /// Bytes that came out of decompression so far.
  var unpacked: UInt64 { UInt64(max(0, unsafe archive_filter_bytes(archive, 0))) }

  /// The next entry, nil at the end.
  func next() throws(Damage) -> Entry? {
    var entry: OpaquePointer?
    let status = unsafe archive_read_next_header(archive, &entry)
    if status == ZONEWISE_ARCHIVE_EOF { return nil }
    guard status == ZONEWISE_ARCHIVE_OK || status == ZONEWISE_ARCHIVE_WARN, let entry = unsafe entry
    else {
      throw failure()
    }
    let link = unsafe archive_entry_symlink(entry)
    let hardLink = unsafe archive_entry_hardlink(entry)
    let kind: Entry.Kind =
      if unsafe hardLink != nil {
        .hardLink
      } else {
        switch unsafe zonewise_entry_kind(entry) {
        case ZONEWISE_ENTRY_FILE: .file
        case ZONEWISE_ENTRY_LINK: .symbolicLink
        case ZONEWISE_ENTRY_DIRECTORY: .directory
        default: .special
        }
      }
    let name = unsafe archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
    let isRaw = unsafe zonewise_archive_is_raw(archive) != 0
    return Entry(
      path: unsafe Self.text(name),
      kind: kind,
      target: unsafe Self.text(hardLink ?? link),
      size: UInt64(max(0, unsafe archive_entry_size(entry))),
      isSparse: unsafe archive_entry_sparse_count(entry) > 0,
      isArchived: !isRaw
    )
  }

  /// Appends the entry's next bytes, at most `room`; false at its end.
  func read(room: Int, appendingTo buffer: inout [UInt8]) throws(Damage) -> Bool {
    var count = 0
    // libarchive writes at most `room` bytes behind what is there.
    buffer.append(addingCapacity: room) { output in
      unsafe output.withUnsafeMutableBufferPointer { pointer, initialized in
        guard let base = pointer.baseAddress else { return }
        count = unsafe archive_read_data(archive, base + initialized, room)
        initialized += max(0, count)
      }
    }
    if count < 0 { throw failure() }
    return count > 0
  }

  private func failure() -> Damage {
    let text = unsafe archive_error_string(archive)
    return Damage(why: unsafe text == nil ? "can't be read" : Self.text(text))
  }

  /// A C string as text, every byte that is not UTF-8 spelled out so that names stay different.
  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    if let text = unsafe String(validatingCString: pointer) { return text }
    var text = ""
    var index = 0
    // The string ends at its NUL, behind which nothing is read.
    while unsafe pointer[index] != 0 {
      let byte = UInt8(bitPattern: unsafe pointer[index])
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + String(byte, radix: 16)
      }
      index += 1
    }
    return text
  }

  /// The bytes that libarchive asks for: first those already read, then the descriptor's.
  @safe private final class Input {
    /// Nil where the head is all.
    private let descriptor: Int32?
    private let storage: UnsafeMutableRawBufferPointer
    private var pending: Int

    init(descriptor: Int32?, head: [UInt8]) {
      self.descriptor = descriptor
      unsafe storage = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(head.count, 128 << 10),
        alignment: 16
      )
      // The buffer has room for all of `head`.
      unsafe storage.copyBytes(from: head)
      pending = head.count
    }

    deinit { unsafe storage.deallocate() }

    /// Points libarchive at the next bytes; they stay as they are until the next call.
    func fill(_ buffer: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
      unsafe buffer.pointee = unsafe UnsafeRawPointer(storage.baseAddress)
      if pending > 0 {
        defer { pending = 0 }
        return pending
      }
      guard let descriptor else { return 0 }
      while true {
        let count = unsafe Glibc.read(descriptor, storage.baseAddress, storage.count)
        if count >= 0 || errno != EINTR { return count }
      }
    }
  }
}
