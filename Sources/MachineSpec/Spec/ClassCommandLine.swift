internal import KernelText
package import SourceText

/// A command line that is put together from places in files, word by word.
///
/// The kernel sees one text; people wrote its words in a spec or a boot loader's file. Every word
/// keeps the place where it stands, so that a finding points at it.
package struct ClassCommandLine: Hashable, Sendable {
  /// One word with the characters that it takes in its file.
  package struct Word: Hashable, Sendable {
    package var text: String
    package var location: SourceLocation
    package var length: Int

    package init(_ text: String, at location: SourceLocation, length: Int) {
      self.text = text
      self.location = location
      self.length = length
    }
  }

  package private(set) var words: [Word]
  /// Where each word begins in `text`, in bytes.
  private var starts: [Int]
  package private(set) var text: String
  /// Whether the whole line is known; a drop-in holds only a part of it.
  package var isComplete: Bool

  package init(_ words: [Word] = [], isComplete: Bool = true) {
    self.words = words
    self.isComplete = isComplete
    var text = ""
    var starts: [Int] = []
    for word in words {
      if !text.isEmpty { text += " " }
      starts.append(text.utf8.count)
      text += word.text
    }
    self.text = text
    self.starts = starts
  }

  /// The same words, as if they stood nowhere.
  var withoutPlaces: ClassCommandLine {
    var line = self
    for index in line.words.indices {
      line.words[index].location = SourceLocation(file: "")
      line.words[index].length = 0
    }
    return line
  }

  /// The word that stands at a byte of `text`.
  package func word(at offset: Int) -> Word? {
    guard let index = starts.lastIndex(where: { $0 <= offset }) else { return nil }
    return words[index]
  }

  /// The last word of that name: the one that counts where a name is repeated.
  package func lastWord(named name: String) -> Word? {
    words.last { word in
      KernelCommandLineText.arguments(word.text).first?.normalizedName == name
    }
  }
}
