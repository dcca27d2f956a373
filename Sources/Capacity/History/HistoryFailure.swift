package import HostCollection
package import Recording
package import SourceText
package import SystemIO

/// Why a history can't be had.
package enum HistoryFailure: Error, Sendable {
  case server(String, String)
  case address(String, HTTPAddress.Refusal)
  case unreadable(LocatedError)
  case collection(CollectionError)
  case file(String, ReadFailure)
  case database(DatabaseError)
  /// A source that was read, and holds no host's history.
  case empty(String)
}

extension HistoryFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .server(let address, let why):
      "\(address): \(why)"
    case .address(let text, .encrypted):
      "\(text): zonewise speaks no TLS; fetch with curl and give it the file: "
        + "curl -G '\(text)/api/v1/query_range' --data-urlencode 'query={__name__=~\"node_memory_.*"
        + "|node_zoneinfo_.*|node_vmstat_nr_foll_pin_.*"
        + "|node_boot_time_seconds\"}' -d start=… -d end=… -d step=3600 > history.json"
    case .address(let text, .credentials):
      "\(text): a password in an address shows in the list of processes; fetch with curl --netrc and "
        + "give it the file"
    case .address(let text, .noPort(let port)): "\(text): \(port) is no port"
    case .address(let text, .noHost): "\(text): no host in it"
    case .address(let text, .notHTTP): "\(text): not an address that begins with http://"
    case .unreadable(let error): error.description
    case .collection(let error): error.description
    case .database(let error): error.description
    case .file(let path, let failure): "\(path): \(failure)"
    case .empty(let what):
      "\(what) holds nothing that node_exporter, sysstat or zonewise writes of a host's memory"
    }
  }
}
