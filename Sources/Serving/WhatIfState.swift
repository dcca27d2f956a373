internal import SourceText

/// What the page asks: a machine, and what is changed of it for the length of the question.
///
/// It has three renderings that say the same: the query of a URL, the words of a command, and that
/// command as a line for a shell. What values mean is for the command's own options to say.
package struct WhatIfState: Hashable, Sendable {
  /// A question that a command answers.
  package enum Question: String, CaseIterable, Sendable {
    case advise
    case predict
    case plan
    case blocks
    case cmdline
    case report

    /// What of a state this command takes.
    var takes: [Field] {
      switch self {
      case .advise: [.args, .want, .need, .grow, .horizon, .add, .kernel, .profile]
      case .predict: [.args, .kernel]
      case .plan: [.add, .kernel, .profile]
      case .blocks: [.kernel]
      case .cmdline: [.target, .args, .want, .need, .kernel, .profile]
      case .report: [.args, .grow, .horizon, .add, .profile]
      }
    }

    /// Whether it is asked of all hosts at once.
    package var isOfAll: Bool { self == .report }

    /// Words that go with it in any case.
    var always: [String] { self == .predict ? ["--steps"] : [] }
  }

  /// A part of a state; its raw value is its name in a URL.
  package enum Field: String, CaseIterable, Sendable {
    case target = "for"
    case args
    case want
    case need
    case grow
    case horizon
    case add
    case kernel
    case profile

    var isRepeated: Bool { self == .need || self == .grow || self == .add }
    var option: String { "--\(rawValue)" }
  }

  /// The source; empty for this host.
  package var host = ""
  /// Values by field, in the order in which they were given.
  package private(set) var values: [Field: [String]] = [:]

  package init() {}

  /// Reads the query of a URL.
  package init(query: String) throws(QueryText.Mistake) {
    var hasHost = false
    for (name, value) in try QueryText.parts(query) {
      if name == "host" {
        guard !hasHost else { throw QueryText.Mistake("host is given once") }
        hasHost = true
        host = value
        continue
      }
      guard let field = Field(rawValue: name) else {
        throw QueryText.Mistake("no part of a question has the name \(name.printable)")
      }
      guard field.isRepeated || values[field] == nil else {
        throw QueryText.Mistake("\(name) is given once")
      }
      values[field, default: []].append(value)
    }
    // A whole question, not two of them.
    if values[.args] != nil, values[.want] != nil {
      throw QueryText.Mistake("args say what is, want what shall be: ask for one of them")
    }
  }

  package subscript(field: Field) -> [String] {
    get { values[field] ?? [] }
    set { values[field] = newValue.isEmpty ? nil : newValue }
  }

  /// The query that reads as this state.
  package var query: String {
    var parts = host.isEmpty ? [] : ["host=" + QueryText.encoded(host)]
    for field in Field.allCases {
      parts += self[field].map { "\(field.rawValue)=\(QueryText.encoded($0))" }
    }
    return parts.joined(separator: "&")
  }

  /// The words behind `zonewise` that ask this.
  ///
  /// - Parameters:
  ///   - question: The command.
  ///   - sources: What is served, for a command that is asked of all of it.
  /// - Returns: The words, with every value in one word with its option, so that none is an option.
  package func words(_ question: Question, of sources: [String]) -> [String] {
    let named = question.isOfAll ? sources : [host]
    var words = [question.rawValue]
    for field in question.takes {
      // The parser of options takes `--args=` for an option whose value was forgotten.
      words += self[field].flatMap { $0.isEmpty ? [field.option, ""] : ["\(field.option)=\($0)"] }
    }
    words += question.always + ["--format=json"]
    let own = named.filter { !$0.isEmpty }
    return own.isEmpty ? words : words + ["--"] + own
  }

  /// The same as one line for a shell.
  package static func shell(_ words: [String]) -> String {
    (["zonewise"] + words).map(quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "="), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"),
          UInt8(ascii: "@"), UInt8(ascii: ","), UInt8(ascii: "%"), UInt8(ascii: "+"):
          true
        default: false
        }
      }
    return isPlain
      ? word
      : "'"
        + word.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
