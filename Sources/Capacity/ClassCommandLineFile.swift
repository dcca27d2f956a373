package import BootArguments
package import MachineSpec
package import SourceText
internal import SystemIO

extension MachineClass {
  /// The class with the command line of the file that it names, put in front of its own words.
  ///
  /// - Parameters:
  ///   - folder: What the file's path counts from: the spec's own, with a slash at its end.
  ///   - edited: Files that are to be changed, by their paths; others are read.
  /// - Returns: The class, and the file that findings may point into; nil where it names none.
  /// - Throws: What is wrong with the file, or with the way it is named.
  package func withCommandLineOfFile(
    folder: String,
    edited: [String: [UInt8]] = [:]
  ) throws(LocatedError) -> (MachineClass, FileLines?) {
    guard let reference = commandLineFile else { return (self, nil) }
    let path = reference.path(from: folder)
    let found: [LocatedCommandLine]
    let file: FileLines
    do throws(LocatedError) {
      (found, file) = try LocatedCommandLine.all(inFile: path, edited: edited[path])
    } catch {
      // A file that is there and wrong speaks for itself; one that is not is the spec's mistake.
      guard error.place.line > 1 || error.place.column > 1 else {
        throw failure("cmdline: file: \(error.message)", at: "cmdline")
      }
      throw error
    }
    let fitting = reference.entry.map { entry in found.filter { $0.title == entry } } ?? found
    guard let line = fitting.first, fitting.count == 1 else {
      let titles = found.map { $0.title ?? "(without a name)" }.joined(separator: ", ")
      throw failure(
        fitting.isEmpty
          ? "\(path) has no command line \(reference.entry ?? ""); there are: \(titles)"
          : "\(path) has several command lines; say entry: with one of: \(titles)",
        at: "cmdline"
      )
    }
    var whole = self
    let words = ClassCommandLine(line)
    whole.commandLine = ClassCommandLine(
      words.words + commandLine.words,
      isComplete: words.isComplete
    )
    return (whole, file)
  }

  /// A failure at one of the class's keys.
  package func failure(_ message: String, at key: String) -> LocatedError {
    LocatedError(message, at: places[key] ?? places.start)
  }
}

extension ClassCommandLine {
  /// The words of a command line in a boot loader's file.
  package init(_ line: LocatedCommandLine) {
    self.init(
      line.arguments.map { argument in
        Word(argument.argument.word, at: argument.place, length: argument.length)
      },
      isComplete: line.isComplete
    )
  }
}

extension LocatedCommandLine {
  /// The command lines of a file that the user named.
  static func all(
    inFile path: String,
    edited: [UInt8]?
  ) throws(LocatedError) -> ([LocatedCommandLine], FileLines) {
    let lines: FileLines
    do throws(ReadFailure) {
      if let edited {
        lines = FileLines(path: path, bytes: edited)
      } else {
        lines = try FileLines.read(path)
      }
    } catch {
      throw LocatedError("\(path): \(error)", file: path)
    }
    let sample = FileSample(path: path, bytes: lines.bytes)
    guard let format = KernelArgumentFormats.format(of: sample) else {
      throw LocatedError(
        "\(path): no file with kernel arguments that zonewise knows (Documentation/config-files.md)",
        file: path
      )
    }
    return (try format.read(sample), lines)
  }
}

extension MachineClass.FileReference {
  /// The file's path, seen from where the spec's folder is.
  package func path(from folder: String) -> String { path.hasPrefix("/") ? path : folder + path }
}
