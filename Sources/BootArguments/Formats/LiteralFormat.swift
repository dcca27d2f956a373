extension KernelArgumentFormat {
  /// Scripts, templates, Terraform, Packer and other configuration that hands a kernel its line.
  static let literals = KernelArgumentFormat(
    name: "text",
    title: "Kernel arguments in a script, a template, HCL or other configuration",
    documentation: FormatRow(
      recognizedBy: """
        scripts, HCL (`.tf`, `.hcl`, Packer), templates (`.j2`, `.tpl`, `.tmpl`, `.erb`), \
        `.conf`, `.cfg`, `.xml`, `.mk`, `.toml`, container files, kernel defconfigs, with a \
        memory argument
        """,
      read: """
        lists of strings; lists of lines; strings, `--args=`, `--append`, `-append`, \
        `--extra-args`, `:=` with arguments and nothing else
        """,
      notRead: "comments, sentences, arguments made of variables"
    ),
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
