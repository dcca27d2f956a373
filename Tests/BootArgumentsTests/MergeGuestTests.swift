import BootArguments
import Testing

@Suite("Merging into files of guests and small boot loaders")
struct MergeGuestTests {
  @Test("What a merge writes", arguments: MergeGuestTests.results)
  func result(target: String, before: String, after: String) throws {
    let path = try #require(TargetFixture.paths[target])
    let request = try TargetFixture.request("kernelcore=2G")
    let merged = try BootTargets.named(target)?.merge(request, into: Array(before.utf8), file: path)
    #expect(String(decoding: merged ?? [], as: UTF8.self) == after)
  }

  static let results: [(String, String, String)] = [
    (
      "firecracker", "{\"boot-source\": {\"kernel_image_path\": \"k\"}}",
      "{\"boot-source\": {\"boot_args\": \"kernelcore=2G\", \"kernel_image_path\": \"k\"}}"
    ),
    (
      "firecracker",
      "{\n  \"boot-source\": {\n    \"kernel_image_path\": \"k\"\n  }\n}\n",
      "{\n  \"boot-source\": {\n    \"boot_args\": \"kernelcore=2G\",\n    \"kernel_image_path\": \"k\"\n"
        + "  }\n}\n"
    ),
    (
      "cloud-hypervisor", "{\"payload\":{\"kernel\":\"k\",\"cmdline\":\"\"}}",
      "{\"payload\":{\"kernel\":\"k\",\"cmdline\":\"kernelcore=2G\"}}"
    ),
    (
      "kata", "[hypervisor.qemu]\npath = \"/q\"\n[runtime]\n",
      "[hypervisor.qemu]\nkernel_params = \"kernelcore=2G\"\npath = \"/q\"\n[runtime]\n"
    ),
    (
      "kata", "[hypervisor.qemu]\nkernel_params = \"\"\n",
      "[hypervisor.qemu]\nkernel_params = \"kernelcore=2G\"\n"
    ),
    (
      "extlinux", "label a\n\tlinux /k\n\tfdt /d\nlabel b\n\tlinux /l\n\tappend x\n",
      "label a\n\tlinux /k\n\tappend kernelcore=2G\n\tfdt /d\nlabel b\n\tlinux /l\n\tappend x\n"
    ),
    (
      "extlinux", "LABEL a\n KERNEL /k\n APPEND x\nLABEL b\n MENU DEFAULT\n KERNEL /l\n APPEND y\n",
      "LABEL a\n KERNEL /k\n APPEND x\nLABEL b\n MENU DEFAULT\n KERNEL /l\n APPEND y kernelcore=2G\n"
    ),
    ("rpi", "root=/dev/sda ro\nquiet\n", "root=/dev/sda ro kernelcore=2G\nquiet\n"),
    ("rpi", "# by hand\nroot=/dev/sda\n", "# by hand\nroot=/dev/sda kernelcore=2G\n"),
    ("refind", "\"A\" \"ro\"\n\"B\" \"rw\"\n", "\"A\" \"ro kernelcore=2G\"\n\"B\" \"rw\"\n"),
    (
      "refind", "menuentry X {\n  options \"ro\"\n}\n",
      "menuentry X {\n  options \"ro kernelcore=2G\"\n}\n"
    ),
    (
      "limine", "/A\n  protocol: linux\n  path: boot():/k\n",
      "/A\n  protocol: linux\n  cmdline: kernelcore=2G\n  path: boot():/k\n"
    ),
    (
      "limine", "TIMEOUT=1\n:A\nPROTOCOL=linux\nCMDLINE=ro\n",
      "TIMEOUT=1\n:A\nPROTOCOL=linux\nCMDLINE=ro kernelcore=2G\n"
    ),
    (
      "bottlerocket", "[settings.boot]\nreboot-to-reconcile = true\n",
      """
      [settings.boot]
      reboot-to-reconcile = true

      [settings.boot.kernel-parameters]
      "kernelcore" = ["2G"]

      """
    ),
    (
      "bottlerocket", "[settings.boot.kernel-parameters]\n\n[settings.ntp]\n",
      "[settings.boot.kernel-parameters]\n\"kernelcore\" = [\"2G\"]\n\n[settings.ntp]\n"
    ),
    (
      "bottlerocket",
      "[settings.boot.kernel-parameters]\nkernelcore = [\n  \"1G\",\n]\nquiet = []\n",
      "[settings.boot.kernel-parameters]\n\"kernelcore\" = [\"2G\"]\nquiet = []\n"
    ),
    (
      "bottlerocket", "settings.boot.kernel-parameters.kernelcore = [\"1G\"]\n",
      "settings.boot.kernel-parameters.\"kernelcore\" = [\"2G\"]\n"
    ),
    ("wsl", "", "[wsl2]\nkernelCommandLine = kernelcore=2G\n"),
    (
      "wsl", "[wsl2]\r\nmemory=4GB\r\n",
      "[wsl2]\r\nkernelCommandLine = kernelcore=2G\r\nmemory=4GB\r\n"
    ),
    (
      "wsl", "[wsl2]\nkernelCommandLine = a # b\n",
      "[wsl2]\nkernelCommandLine = a kernelcore=2G # b\n"
    ),
    (
      "wsl", "[wsl2]\nkernelCommandLine = a \\\n  b\n",
      "[wsl2]\nkernelCommandLine = a   b kernelcore=2G\n"
    ),
  ]

  @Test(
    "Names come once, so a second value of one is refused",
    arguments: ["console=tty0", "console=ttyS1"]
  )
  func repeated(word: String) throws {
    let file = "[settings.boot.kernel-parameters]\n\"console\" = [\"tty1\"]\n"
    let error = #expect(throws: BootArgumentsError.self) {
      try TargetFixture.merged("bottlerocket", word, into: file)
    }
    #expect(error?.isAboutFile == true)
  }

  @Test("Pairs of huge pages come apart where names have lists of values, and that is said")
  func pairs() throws {
    let target = try #require(BootTargets.named("bottlerocket"))
    let text = try target.snippet(
      try TargetFixture.request("hugepagesz=1G hugepages=6 hugepagesz=2M hugepages=48")
    )
    #expect(text.contains("\"hugepagesz\" = [\"1G\", \"2M\"]\n\"hugepages\" = [\"6\", \"48\"]\n"))
    #expect(text.contains("no longer follows its hugepagesz="))
    #expect(!(try target.snippet(try TargetFixture.request("kernelcore=2G"))).contains("order"))
  }

  @Test(
    "What the place doesn't take is refused, and why",
    arguments: [
      ("firecracker", "u=é"), ("cloud-hypervisor", "u=é"), ("kata", "a=\"b c\""),
      ("extlinux", "d=$HOME"), ("rpi", "#h=1"), ("limine", "d=${HOME}"), ("bottlerocket", "a,b=1"),
      ("bottlerocket", "u=é"), ("bottlerocket", ".a=1"), ("wsl", "u=é"),
    ]
  )
  func refused(target: String, word: String) throws {
    let target = try #require(BootTargets.named(target))
    let request = try TargetFixture.request(word)
    let error = #expect(throws: BootArgumentsError.self) { try target.snippet(request) }
    #expect(error?.isAboutFile == false)
  }
}
