/// How a format writes comments.
struct CommentStyle: Sendable {
  let leader: String
  let closer: String
  /// A first line that must stay the first one (`#cloud-config`, `#!/bin/sh`, `<?xml`).
  var firstLinePrefixes: [String] = []

  static let hash = CommentStyle(
    leader: "# ",
    closer: "",
    firstLinePrefixes: ["#!", "#cloud-config", "<?xml"]
  )
  static let xml = CommentStyle(leader: "<!-- ", closer: " -->")

  func place(_ lines: [String], over body: String) -> String {
    // In XML two hyphens would end the comment.
    let lines = closer.isEmpty ? lines : lines.map { $0.replacing("--", with: "- -") }
    let comment = lines.map { leader + $0 + closer + "\n" }.joined()
    guard firstLinePrefixes.contains(where: { body.hasPrefix($0) }),
      let end = body.firstIndex(of: "\n")
    else { return comment + body }
    return body[...end] + comment + body[body.index(after: end)...]
  }
}
