internal import SourceText
internal import Yams

extension KernelArgumentFormat {
  /// The `bootloader` role of the Linux System Roles, in plays and in files of variables.
  static let ansibleRole = KernelArgumentFormat(
    name: "ansible",
    title: "Ansible, bootloader system role",
    markers: .bootloaderRole,
    recognizes: { sample in
      sample.hasSuffix(".yml", ".yaml", ".json")
        && (sample.hasLine(beginning: "bootloader_settings:")
          || sample.hasLine(beginning: "- bootloader_settings:")
          || sample.hasLine(beginning: "\"bootloader_settings\""))
    },
    search: { (search) throws(LocatedError) -> [CommandLineDraft] in
      let role = BootloaderRole(text: search.text)
      var drafts: [CommandLineDraft] = []
      for place in search.places() {
        guard let settings = YAMLSearch.value("bootloader_settings", of: place.node) else {
          continue
        }
        // A template that some other file fills, or the description of the role's variables.
        for setting in settings.sequence ?? [] {
          guard YAMLText.string("state", of: setting) != "absent",
            let options = YAMLSearch.value("options", of: setting)?.sequence
          else { continue }
          guard options.count <= QuotedItems.limit else {
            throw search.text.failure(at: settings, "more than \(QuotedItems.limit) arguments")
          }
          var draft = CommandLineDraft(fragments: [], isComplete: false)
          draft.title = YAMLSearch.value("kernel", of: setting)?.scalar?.string ?? place.title
          for item in options where item.mapping != nil {
            if let fragment = try role.fragment(item) {
              draft.fragments.append(fragment.withoutTemplates)
            }
          }
          if !draft.fragments.isEmpty { drafts.append(draft) }
        }
      }
      return drafts
    }
  )
}
