/// Reads a pattern and makes the program of it.
struct NamePatternParser {
  private typealias Mistake = NamePattern.Mistake

  private indirect enum Node {
    case one(ScalarSet)
    case start
    case end
    case all([Node])
    case either([Node])
    case group(Node)
    case times(Node, Int, Int?, isGreedy: Bool)
  }

  private let text: [Unicode.Scalar]
  private var place = 0
  private var groups = 0
  private var depth = 0
  private var program: [NamePattern.Instruction] = []

  private static let longest = 2000
  private static let deepest = 50
  private static let most = 255

  private init(_ text: String) { self.text = Array(text.unicodeScalars) }

  static func program(
    _ text: String
  ) throws(NamePattern.Mistake) -> [NamePattern.Instruction] {
    var parser = NamePatternParser(text)
    guard !text.isEmpty else { throw parser.mistake("an empty pattern") }
    let node = try parser.either()
    guard parser.place == parser.text.count else {
      throw parser.mistake("a ) that no ( opens; write \\) for one in a name")
    }
    try parser.emit(node)
    parser.program.append(.match)
    return parser.program
  }

  private func mistake(_ problem: String, at place: Int? = nil) -> Mistake {
    Mistake(column: (place ?? self.place) + 1, problem: problem)
  }

  private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  // MARK: Reading

  private mutating func either() throws(Mistake) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw mistake("too many ( in one another") }
    var parts = [try all()]
    while take("|") { parts.append(try all()) }
    return parts.count == 1 ? parts[0] : .either(parts)
  }

  private mutating func all() throws(Mistake) -> Node {
    var parts: [Node] = []
    while let next, next != "|", next != ")" { parts.append(try repeated()) }
    return .all(parts)
  }

  private mutating func repeated() throws(Mistake) -> Node {
    var node = try atom()
    while let (least, most) = try count() {
      if case .start = node { throw mistake("nothing to repeat", at: place - 1) }
      if case .end = node { throw mistake("nothing to repeat", at: place - 1) }
      if case .times = node { throw mistake("it is repeated already", at: place - 1) }
      node = .times(node, least, most, isGreedy: !take("?"))
    }
    return node
  }

  private mutating func count() throws(Mistake) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let begin = place
    guard take("{") else { return nil }
    guard let least = number() else {
      throw mistake("{ is followed by a number; write \\{ for one in a name", at: begin)
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else { throw mistake("a { without its }", at: begin) }
    guard max(least, most ?? 0) <= Self.most else {
      throw mistake("more than \(Self.most) times", at: begin)
    }
    if let most, most < least { throw mistake("the larger number stands first", at: begin) }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let next, ScalarSet.digits.contains(next), digits.count < 6 {
      digits.unicodeScalars.append(next)
      place += 1
    }
    return Int(digits)
  }

  private mutating func atom() throws(Mistake) -> Node {
    guard let scalar = next else { throw mistake("it ends too soon") }
    let begin = place
    place += 1
    switch scalar {
    case ".": return .one(ScalarSet([], isNegated: true))
    case "^": return .start
    case "$": return .end
    case "[": return .one(try set(from: begin))
    case "\\": return .one(try escape())
    case "*", "+", "?", "{": throw mistake("nothing to repeat", at: begin)
    case "(": return try group(from: begin)
    default: return .one(ScalarSet(scalar))
    }
  }

  private mutating func group(from begin: Int) throws(Mistake) -> Node {
    var isCounted = true
    if take("?") {
      guard take(":") else { throw mistake("behind (? only : is known") }
      isCounted = false
    }
    if isCounted { groups += 1 }
    let isFirst = isCounted && groups == 1
    let inner = try either()
    guard take(")") else { throw mistake("a ( without its )", at: begin) }
    return isFirst ? .group(inner) : inner
  }

  private mutating func escape() throws(Mistake) -> ScalarSet {
    guard let scalar = next else { throw mistake("a \\ at the end", at: place - 1) }
    place += 1
    switch scalar {
    case "d": return .digits
    case "D": return .digits.negated
    case "w": return .word
    case "W": return .word.negated
    case "s": return .blank
    case "S": return .blank.negated
    case _ where ScalarSet.word.contains(scalar) && scalar != "_":
      throw mistake("\\\(scalar) is not known here", at: place - 2)
    default: return ScalarSet(scalar)
    }
  }

  private mutating func set(from begin: Int) throws(Mistake) -> ScalarSet {
    var set = ScalarSet([], isNegated: take("^"))
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      let own = place
      place += 1
      if scalar == "\\" {
        let inner = try escape()
        guard !inner.isNegated else { throw mistake("no capital escapes in [ ]", at: own) }
        set.ranges += inner.ranges
        continue
      }
      guard place + 1 < text.count, next == "-", text[place + 1] != "]" else {
        set.ranges.append(scalar.value...scalar.value)
        continue
      }
      let last = text[place + 1]
      place += 2
      guard last != "\\" else { throw mistake("no escape ends a range", at: place - 1) }
      guard scalar.value <= last.value else {
        throw mistake("a range that runs backwards", at: own)
      }
      set.ranges.append(scalar.value...last.value)
    }
    guard take("]") else { throw mistake("a [ without its ]", at: begin) }
    return set
  }

  // MARK: Writing

  private mutating func emit(_ node: Node) throws(Mistake) {
    guard program.count <= Self.longest else {
      throw Mistake(column: 1, problem: "too long a pattern once its repeats are written out")
    }
    switch node {
    case .one(let set): program.append(.scalar(set))
    case .start: program.append(.start)
    case .end: program.append(.end)
    case .all(let parts): for part in parts { try emit(part) }
    case .group(let inner):
      program.append(.save(2))
      try emit(inner)
      program.append(.save(3))
    case .either(let parts): try emitEither(parts)
    case .times(let inner, let least, let most, let isGreedy):
      for _ in 0..<least { try emit(inner) }
      guard let most else { return try emitLoop(inner, isGreedy) }
      for _ in least..<most {
        try emitOptional(isGreedy) { (own) throws(Mistake) in try own.emit(inner) }
      }
    }
  }

  private mutating func emitEither(_ parts: [Node]) throws(Mistake) {
    var ends: [Int] = []
    for (index, part) in parts.enumerated() {
      let split = program.count
      let isLast = index == parts.count - 1
      if !isLast { program.append(.jump(0)) }
      try emit(part)
      guard !isLast else { continue }
      ends.append(program.count)
      program.append(.jump(0))
      program[split] = .split(split + 1, program.count)
    }
    for end in ends { program[end] = .jump(program.count) }
  }

  private mutating func emitLoop(_ inner: Node, _ isGreedy: Bool) throws(Mistake) {
    let begin = program.count
    try emitOptional(isGreedy) { (own) throws(Mistake) in
      try own.emit(inner)
      own.program.append(.jump(begin))
    }
  }

  private mutating func emitOptional(
    _ isGreedy: Bool,
    _ inner: (inout NamePatternParser) throws(NamePattern.Mistake) -> Void
  ) throws(Mistake) {
    let split = program.count
    program.append(.jump(0))
    try inner(&self)
    let end = program.count
    program[split] = isGreedy ? .split(split + 1, end) : .split(end, split + 1)
  }
}
