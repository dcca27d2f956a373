internal import Advice
internal import BootArguments
internal import Capacity
internal import FleetCheck
internal import HostCollection
internal import HostModel
internal import KernelBehavior
internal import Profiles
internal import SourceText
internal import SystemIO

/// A failure that ends a command: what is reported to the user, and the exit code.
protocol CommandFailure: Error {
  var reported: String { get }
  var status: ExitStatus { get }
}

/// Wrong usage that shows only once the command is at work.
struct UsageFailure: CommandFailure {
  var message: String
  var reported: String { message }
  var status: ExitStatus { .usage }
}

/// An input that says nothing that could be judged.
struct NothingJudged: CommandFailure {
  var message: String
  var reported: String { message }
  var status: ExitStatus { .notJudged }
}

extension CommandFailure where Self: CustomStringConvertible {
  var reported: String { description }
}

extension SourceRefusal: CommandFailure {
  var status: ExitStatus { .notJudged }
}

extension UnreadMachine: CommandFailure {
  var reported: String { reason }
  var status: ExitStatus { .notJudged }
}

extension CollectionError: CommandFailure {
  var status: ExitStatus { .notJudged }
}

extension AssessmentError: CommandFailure {
  var reported: String { "\(input): \(reason)" }
  var status: ExitStatus { .notJudged }
}

extension LocatedError: CommandFailure {
  var status: ExitStatus { .notJudged }
}

extension AtomicFile.Failure: CommandFailure {
  var status: ExitStatus { .notJudged }
}

/// A bad argument is wrong usage; a file that can't be changed was not judged.
extension BootArgumentsError: CommandFailure {
  var status: ExitStatus { isAboutFile ? .notJudged : .usage }
}
