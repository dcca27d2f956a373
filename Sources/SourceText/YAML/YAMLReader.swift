internal import CYAML

/// Reads YAML with libyaml, an event at a time, into trees. Scalars stay the text that they are.
@safe final class YAMLReader {
  /// What is wrong with a text.
  enum Problem: Error {
    /// A character that can't stand in YAML, by its byte.
    case character(String, offset: Int)
    case structure(String, YAMLTree.Mark)
  }

  /// A list or mapping whose end has not come.
  private struct Open {
    let isMapping: Bool
    let mark: YAMLTree.Mark
    let anchor: String?
    var items: [YAMLTree] = []
  }

  /// Far more than people nest, and less than a stack holds.
  private static let depthLimit = 1000

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var anchors: [String: YAMLTree] = [:]
  private var open: [Open] = []

  private init() throws(Problem) {
    unsafe parser = .allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      unsafe parser.deallocate()
      throw .character("out of memory", offset: 0)
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  /// The documents of a text.
  ///
  /// - Parameters:
  ///   - bytes: The text, without a byte order mark: libyaml takes one for a column, and then the
  ///     first key for an indented one.
  ///   - isSingle: Whether there must be no more than one.
  /// - Returns: The root of each.
  /// - Throws: What is wrong, and where.
  static func documents(
    in bytes: ArraySlice<UInt8>,
    isSingle: Bool
  ) throws(Problem) -> [YAMLTree] {
    let reader = try YAMLReader()
    let result = unsafe bytes.withUnsafeBufferPointer { text -> Result<[YAMLTree], Problem> in
      unsafe yaml_parser_set_input_string(reader.parser, text.baseAddress, text.count)
      do throws(Problem) {
        return .success(try reader.documents(isSingle: isSingle))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func documents(isSingle: Bool) throws(Problem) -> [YAMLTree] {
    var documents: [YAMLTree] = []
    while true {
      let event = try nextEvent()
      switch event.kind {
      case .documentStart:
        if isSingle, !documents.isEmpty {
          throw .structure("expected one document, but another document begins here", event.mark)
        }
        anchors = [:]
      case .node(let node):
        if let root = try place(node, at: event.mark) { documents.append(root) }
      case .start(let isMapping, let anchor):
        guard open.count < Self.depthLimit else {
          throw .structure("nested deeper than \(Self.depthLimit) levels", event.mark)
        }
        open.append(Open(isMapping: isMapping, mark: event.mark, anchor: anchor))
      case .end:
        guard let ended = open.popLast() else { continue }
        let tree = YAMLTree(try content(of: ended), at: ended.mark, hasAnchor: ended.anchor != nil)
        if let root = try place(.tree(tree, ended.anchor), at: event.mark) {
          documents.append(root)
        }
      case .streamEnd: return documents
      case .other: continue
      }
    }
  }

  /// Puts a node where it belongs.
  ///
  /// - Returns: The node where it is a document's root.
  private func place(_ node: Event.Node, at mark: YAMLTree.Mark) throws(Problem) -> YAMLTree? {
    let tree: YAMLTree
    switch node {
    case .alias(let name):
      guard let target = anchors[name] else { throw .structure("found undefined alias", mark) }
      tree = target
    case .tree(let whole, let anchor):
      if let anchor { anchors[anchor] = whole }
      tree = whole
    }
    guard !open.isEmpty else { return tree }
    open[open.count - 1].items.append(tree)
    return nil
  }

  private func content(of ended: Open) throws(Problem) -> YAMLTree.Content {
    guard ended.isMapping else { return .sequence(ended.items) }
    var pairs: [(key: YAMLTree, value: YAMLTree)] = []
    pairs.reserveCapacity(ended.items.count / 2)
    var names = Set<String>()
    for index in stride(from: 0, to: ended.items.count - 1, by: 2) {
      let key = ended.items[index]
      if let name = key.scalar?.string, !names.insert(name).inserted {
        throw .structure("key \(name) appears twice", key.mark)
      }
      pairs.append((key, ended.items[index + 1]))
    }
    return .mapping(pairs)
  }

  // MARK: Events

  private struct Event {
    enum Node {
      case alias(String)
      case tree(YAMLTree, String?)
    }

    enum Kind {
      case documentStart
      case node(Node)
      case start(isMapping: Bool, anchor: String?)
      case end
      case streamEnd
      case other
    }

    let kind: Kind
    let mark: YAMLTree.Mark
  }

  private func nextEvent() throws(Problem) -> Event {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem }
    defer { unsafe yaml_event_delete(&event) }
    let mark = unsafe Self.mark(event.start_mark)
    return Event(kind: unsafe Self.kind(of: event, at: mark), mark: mark)
  }

  private static func kind(of event: yaml_event_t, at mark: YAMLTree.Mark) -> Event.Kind {
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_ALIAS_EVENT: return .node(.alias(unsafe name(event.data.alias.anchor) ?? ""))
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let style = unsafe scalar.style
      let content = YAMLTree.Scalar(
        string: unsafe String(decoding: bytes, as: UTF8.self),
        isQuoted: style == YAML_SINGLE_QUOTED_SCALAR_STYLE
          || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE
      )
      let anchor = unsafe name(scalar.anchor)
      return .node(.tree(YAMLTree(.scalar(content), at: mark, hasAnchor: anchor != nil), anchor))
    case YAML_SEQUENCE_START_EVENT:
      return .start(isMapping: false, anchor: unsafe name(event.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT:
      return .start(isMapping: true, anchor: unsafe name(event.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
    default: return .other
    }
  }

  private static func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
  }

  private static func mark(_ mark: yaml_mark_t) -> YAMLTree.Mark {
    YAMLTree.Mark(line: Int(mark.line), column: Int(mark.column))
  }

  /// What the parser stopped at.
  private var problem: Problem {
    let text = unsafe parser.pointee.problem.map { unsafe String(cString: $0) }
    switch unsafe parser.pointee.error {
    case YAML_READER_ERROR:
      return .character(
        text ?? "not readable as UTF-8",
        offset: unsafe Int(parser.pointee.problem_offset)
      )
    case YAML_MEMORY_ERROR: return .character("out of memory", offset: 0)
    default: return .structure(text ?? "not YAML", unsafe Self.mark(parser.pointee.problem_mark))
    }
  }
}
