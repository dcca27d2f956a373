internal import SourceText

extension YAMLText {
  /// Arguments as the items of a block list.
  static func items(_ arguments: [BootArgument], indent: Int) -> String {
    arguments.map {
      String(repeating: " ", count: indent) + "- " + encode($0.word) + "\n"
    }
    .joined()
  }

  /// What must be said where a document can only add arguments.
  static func onlyAdds(_ request: BootRequest, _ elsewhere: String) -> [String] {
    let going = request.removalWords
    guard !going.isEmpty else { return [] }
    return ["it only adds: \(elsewhere) must not set \(going.joined(separator: ", "))"]
  }

  /// The first document that is one of a kind.
  func document(
    orElse problem: String,
    where isWanted: (YAMLTree) -> Bool
  ) throws(LocatedError) -> YAMLTree {
    guard let document = documents.first(where: isWanted) else {
      throw LocatedError(problem, file: file)
    }
    return document
  }
}
