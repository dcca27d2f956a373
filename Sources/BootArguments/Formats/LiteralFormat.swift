extension KernelArgumentFormat {
  /// Scripts, templates, Terraform, Packer and other configuration that hands a kernel its line.
  static let literals = KernelArgumentFormat(
    name: "text",
    title: "Kernel arguments in a script, a template, HCL or other configuration",
    markers: .knownArgument,
    isLiteral: true,
    recognizes: { sample in
      sample.isScript || sample.hasSuffix(literalSuffixes)
        || literalNames.contains {
          sample.name.hasPrefix($0)
        }
    },
    locate: { (sample, bytes) in LiteralText(bytes: bytes).lists() }
  )

  private static let literalNames = [
    "Containerfile", "Dockerfile", "Jenkinsfile", "Justfile", "Makefile", "Vagrantfile",
  ]

  private static let literalSuffixes = [
    ".bash", ".cfg", ".conf", ".env", ".erb", ".hcl", ".inc", ".ini", ".ipxe", ".j2", ".ks", ".mk",
    ".pxe", ".service", ".sh", ".template", ".tf", ".tftpl", ".tfvars", ".tmpl", ".tofu", ".toml",
    ".tpl", ".xml", ".zsh", "defconfig",
  ]
}
