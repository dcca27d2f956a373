package import History
internal import SourceText
package import SystemIO

/// A Prometheus, or what speaks its HTTP API, that is asked for hosts one by one: of a fleet no more
/// than one host's series is held.
package struct PrometheusServer: Sendable {
  private let address: HTTPAddress
  /// The period to ask for, in seconds since 1970, and how far apart samples are to be.
  private let period: ClosedRange<Int64>
  private let step: Int64
  /// Label matchers beside those that make the query, as PromQL has them: `job="node"`.
  private let matchers: String

  /// A server gives at most 11,000 samples of a series; a trend needs no more than this.
  private static let mostSamples: Int64 = 2000
  private static let limit = 256 << 20

  package init(
    _ address: HTTPAddress,
    period: ClosedRange<Int64>,
    step: Int64?,
    matchers: String
  ) {
    self.address = address
    self.period = period
    self.matchers = matchers
    let span = period.upperBound.subtractingOrLimit(period.lowerBound)
    self.step = step ?? max(15, (span / Self.mostSamples + 14) / 15 * 15)
  }

  /// The instances whose memory the server knows, in the order of their names.
  package func instances() throws(HistoryFailure) -> [String] {
    let query = HTTPAddress.query([
      ("match[]", selector("node_memory_MemTotal_bytes", nil)),
      ("start", String(period.lowerBound)), ("end", String(period.upperBound)),
    ])
    let path = "/api/v1/label/instance/values?\(query)"
    let bytes = try get(path)
    do throws(LocatedError) {
      return try PrometheusReader.strings(bytes, file: address.description).sorted()
    } catch {
      throw .server(
        address.description,
        "what answers there is no Prometheus: \(error.message); node_exporter keeps no history"
      )
    }
  }

  /// One host's history.
  package func history(of instance: String) throws(HistoryFailure) -> HostHistory? {
    let query = HTTPAddress.query([
      ("query", selector(nil, instance)), ("start", String(period.lowerBound)),
      ("end", String(period.upperBound)), ("step", String(step)),
    ])
    let path = "/api/v1/query_range?\(query)"
    let bytes = try get(path)
    var reader = PrometheusReader()
    do throws(LocatedError) {
      try reader.read(bytes, file: address.description)
    } catch {
      throw .unreadable(error)
    }
    return reader.histories().first
  }

  private func selector(_ name: String?, _ instance: String?) -> String {
    var parts = [name.map { "__name__=\"\($0)\"" } ?? "__name__=~\"\(PrometheusReader.selector)\""]
    if let instance { parts.append("instance=\(JSONText.string(instance))") }
    if !matchers.isEmpty { parts.append(matchers) }
    return "{\(parts.joined(separator: ","))}"
  }

  private func get(_ path: String) throws(HistoryFailure) -> [UInt8] {
    do throws(HTTPFailure) {
      return try HTTPClient.get(address, path, limit: Self.limit)
    } catch {
      if case .status(let code, let body) = error,
        let why = PrometheusReader.error(in: body)
      {
        throw .server(address.description, "status \(code): \(why)")
      }
      throw .server(address.description, "\(error)")
    }
  }
}
