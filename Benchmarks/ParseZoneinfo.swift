// Parses a zoneinfo again and again: `parse-zoneinfo FILE RUNS` prints the median time of a parse.
// Built by Benchmarks/run out of the release build's own objects.
import Glibc
import KernelText

@main
enum ParseZoneinfo {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let runs = Int(arguments[2]), runs > 0 else {
      print("usage: parse-zoneinfo FILE RUNS")
      exit(64)
    }
    let text = try bytes(of: arguments[1])
    var times: [Int] = []
    var zones = 0
    for _ in 0..<runs {
      let start = now()
      let nodes = try ZoneInfoText.parse(text.span, file: arguments[1]).nodes
      zones = nodes.reduce(0) { $0 + $1.zones.count }
      times.append(now() - start)
    }
    times.sort()
    print(text.count, zones, times[runs / 2])
  }

  /// Nanoseconds of this thread's own time: what other processes do does not count.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else {
      perror(path)
      exit(2)
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc_unlocked(file), byte != EOF { bytes.append(UInt8(byte)) }
    return bytes
  }
}
