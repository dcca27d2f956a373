internal import Foundation

/// A JSON document, read by whoever needs a part of it.
struct JSON {
  private let value: Any?

  init(_ text: String) throws { value = try JSONSerialization.jsonObject(with: Data(text.utf8)) }
  private init(_ value: Any?) { self.value = value }

  subscript(key: String) -> JSON { JSON((value as? [String: Any])?[key]) }
  var list: [JSON] { (value as? [Any] ?? []).map { JSON($0) } }
  var text: String? { value as? String }
  var flag: Bool? { value as? Bool }
  var number: Double? { (value as? NSNumber)?.doubleValue }
}
