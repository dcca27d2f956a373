package import HostModel

extension BootLayoutInputs.Overrides {
  /// Puts what the user states in the place of what a source tells.
  ///
  /// - Returns: What was stated, one sentence each, with what the source shows instead.
  package func apply(
    architecture: inout Architecture?,
    pageSize: inout PageSize?,
    maxOrder: inout UInt8?
  ) -> [String] {
    var notes: [String] = []
    if let stated = self.architecture {
      notes.append(
        Self.note("architecture is", "--arch", stated.rawValue, shown: architecture?.rawValue)
      )
      architecture = stated
    }
    if let stated = self.pageSize {
      let shown = pageSize.map(Self.text)
      notes.append(Self.note("base page size is", "--page-size", Self.text(stated), shown: shown))
      pageSize = stated
    }
    if let stated = self.maxOrder {
      let shown = maxOrder.map { "\($0)" }
      notes.append(
        Self.note("largest page order is", "--max-order", "\(stated)", shown: shown)
      )
      maxOrder = stated
    }
    return notes
  }

  /// Puts what the user states into what was read of a host.
  ///
  /// - Returns: What was stated, one sentence each.
  package func apply(to snapshot: inout HostSnapshot) -> [String] {
    var architecture = snapshot.architecture.value
    var pageSize = snapshot.pageSize.value
    var maxOrder = snapshot.maxOrder.value
    var notes = apply(architecture: &architecture, pageSize: &pageSize, maxOrder: &maxOrder)
    if self.architecture != nil, let architecture { snapshot.architecture = .known(architecture) }
    if self.pageSize != nil, let pageSize { snapshot.pageSize = .known(pageSize) }
    if self.maxOrder != nil, let maxOrder { snapshot.maxOrder = .known(maxOrder) }
    if let kernel {
      notes.append(kernelNote(shown: [snapshot.kernel.value].compactMap { $0 }))
      snapshot.kernel = .known(kernel)
    }
    return notes
  }

  /// What is said of a kernel that the user states.
  package func kernelNote(shown: [KernelVersion]) -> String {
    Self.note(
      "kernel is",
      "--kernel",
      kernel?.release ?? "",
      shown: shown.isEmpty ? nil : shown.map(\.release).joined(separator: ", ")
    )
  }

  private static func text(_ size: PageSize) -> String { "\(size.bytes.count >> 10) KiB" }

  private static func note(
    _ what: String,
    _ option: String,
    _ stated: String,
    shown: String?
  ) -> String {
    let doubt = shown.map { $0 == stated ? "" : "; the source tells \($0)" } ?? ""
    return "the \(what) \(stated), as given (\(option))\(doubt)"
  }
}
