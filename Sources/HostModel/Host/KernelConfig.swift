/// The options a kernel was built with.
package struct KernelConfig: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case yes
    case module
    case no
    /// A number as written, or a string without its quotes.
    case text(String)
  }

  /// Options that the file names, without `CONFIG_`; `# CONFIG_X is not set` is `.no`.
  package var options: [String: Value]
  /// The file it was read from.
  package var input: String

  package init(options: [String: Value], input: String) {
    self.options = options
    self.input = input
  }

  /// An option's value. One that the file does not name is not there in this kernel: `.no`.
  package subscript(option: KernelOption) -> Value { options[option.name] ?? .no }

  /// Whether the file says anything of an option: kernels that have it do.
  package func mentions(_ option: KernelOption) -> Bool { options[option.name] != nil }
}
