extension KernelArgumentFormat {
  /// Scripts, templates, Terraform, Packer and other configuration that hands a kernel its line.
  static let literals = KernelArgumentFormat(
    name: "text",
    title: "Kernel arguments in a script, a template, HCL or other configuration",
    documentation: FormatRow(
      recognizedBy: """
        scripts, HCL (`.tf`, `.hcl`, Packer), templates (`.j2`, `.tpl`, `.tmpl`, `.erb`), Puppet, \
        `.conf`, `.cfg`, `.xml`, `.mk`, `.toml`, container files, kernel defconfigs, with a \
        memory argument
        """,
      read: """
        lists of strings; lists of lines; strings, `--args=`, `--append`, `-append`, \
        `--extra-args`, `:=` with arguments and nothing else; files of another format between \
        `<<TAG` and `TAG`; maps of HCL under a name such as `kernel_params`; `kernel_parameter` of \
        Puppet; elements of XML such as `<append>`
        """,
      notRead: "comments, sentences, arguments made of variables"
    ),
    markers: [.argument, .argumentName, .memorySetting, .guestMemory],
    isLiteral: true,
    recognizes: { sample in
      sample.isScript || sample.hasSuffix(literalSuffixes)
        || literalNames.contains {
          sample.name.hasPrefix($0)
        }
    },
    locate: { (sample, bytes) in
      let isHCL = sample.hasSuffix(".tf", ".hcl", ".tofu", ".tfvars")
      let maps = isHCL ? TerraformMaps(bytes: bytes).lists() : []
      let files = HereDocuments(bytes: bytes).lists()
      let puppet = sample.hasSuffix(".pp") ? PuppetParameters(bytes: bytes).list() : nil
      let elements = sample.hasSuffix(".xml") ? XMLElements(bytes: bytes).lists() : []
      let covered = files.covered + (puppet?.covered ?? [])
      let texts = LiteralText(bytes: bytes).lists().filter { list in
        !maps.contains { $0.covers(list) } && !covered.contains { $0.contains(list.start) }
      }
      let resources = [puppet?.list].compactMap(\.self)
      return (texts + maps + files.lists + resources + elements).sorted { $0.start < $1.start }
    }
  )

  private static let literalNames = [
    "Containerfile", "Dockerfile", "Justfile", "Makefile",
  ]

  private static let literalSuffixes = [
    ".bash", ".cfg", ".conf", ".env", ".erb", ".hcl", ".inc", ".ini", ".ipxe", ".j2", ".ks", ".mk",
    ".nix",
    ".pp", ".pxe", ".service", ".sh", ".template", ".tf", ".tftpl", ".tfvars", ".tmpl", ".tofu",
    ".toml",
    ".tpl", ".xml", ".zsh", "defconfig",
  ]
}
