"""Machines of other architectures, each booted with and without arguments.

ZONE_MOVABLE is cut from the highest zone with memory, and on arm64, riscv64 and loongarch64 that begins at 4 GiB,
on s390x at 2 GiB: the shapes lie across that boundary, so that an argument can take all of the zone above it.
"""

from machine import GiB, Machine, Node

ONE_4G = (Node(4 * GiB),)
ONE_6G = (Node(6 * GiB),)
ONE_3G = (Node(3 * GiB),)
TWO_RISING = (Node(2 * GiB), Node(3 * GiB))
TWO_FALLING = (Node(3 * GiB), Node(2 * GiB))

ASKED = ("", "kernelcore=1G", "kernelcore=2300M", "kernelcore=40%", "movablecore=1500M", "movablecore=70%")
LIMITED = ("mem=3000M kernelcore=1G",)
SOME = ("", "kernelcore=1G", "kernelcore=40%", "movablecore=1500M")


def asked(shape, nodes, lines):
    for line in lines:
        name = line.replace("=", "-").replace("%", "-percent").replace(" ", "-") or "plain"
        yield Machine(f"{shape}-{name}", nodes, line)


def grid(series, one=(), rising=(), falling=(), small=(), limited=()):
    """Boots of one shape have the same memory; `limited` are of `one` with less of it."""
    for shape, nodes, lines in (("one", ONE_4G, one), ("limited", ONE_4G, limited), ("rising", TWO_RISING, rising),
                                ("falling", TWO_FALLING, falling), ("small", ONE_3G, small)):
        for machine in asked(shape, nodes, lines):
            yield series, machine


ARCHES = (
    *grid("7.x-arm64", ASKED, ASKED, SOME[1:]),
    *grid("7.x-riscv64", ASKED, ASKED, SOME[1:]),
    *grid("7.x-s390x", ASKED),
    *grid("7.x-ppc64el", SOME, SOME),
    *grid("7.x-loong64", ASKED, ASKED, SOME[1:]),
    *grid("7.x-arm64-16k", SOME, SOME),
    *grid("6.12-arm64", SOME, SOME),
    *grid("6.12-riscv64", SOME, SOME),
    *grid("6.12-s390x", SOME),
    *grid("6.12-ppc64el", ("kernelcore=1G",), ("kernelcore=2300M",)),
    # QEMU's 32-bit arm doesn't find page tables above 4 GiB, where they lie without ZONE_MOVABLE.
    *grid("6.12-armhf", SOME[1:], small=SOME),
    *grid("6.1-arm64", ("kernelcore=1G",), ("kernelcore=2300M",)),
    *grid("6.1-i386", SOME, small=SOME),
    *(pair for series in ("7.x-arm64", "7.x-loong64", "7.x-ppc64el", "7.x-riscv64", "7.x-s390x", "6.1-i386")
      for pair in grid(series, limited=LIMITED)),
    *grid("6.1-s390x", ("", "kernelcore=1G", "movablecore=1500M")),
)


def tried(shape, nodes, line):
    """Every block is taken offline, if the kernel lets it go, and brought back."""
    name = "-".join(filter(None, (shape, line.replace("=", "-").replace("%", "-percent").replace(" ", "-"))))
    return Machine(f"offlining-{name}", nodes, line,
                   actions=("pages", "dump before", "blocks offline", "dump after"))


def offlining(series, shape, nodes, *lines):
    for line in lines:
        yield series, tried(shape, nodes, line)


OFFLINING = (
    *offlining("7.x-s390x", "one", ONE_4G, "", "kernelcore=1G", "movablecore=70%"),
    *offlining("6.12-s390x", "one", ONE_4G, "kernelcore=1G", "movablecore=70%"),
    *offlining("6.1-s390x", "one", ONE_4G, "kernelcore=1G", "crashkernel=256M movablecore=1500M"),
    *offlining("7.x-ppc64el", "one", ONE_6G, "", "kernelcore=512M", "movablecore=70%"),
    *offlining("7.x-ppc64el", "rising", TWO_RISING, "kernelcore=1G"),
    *offlining("6.12-ppc64el", "one", ONE_6G, "kernelcore=512M"),
    *offlining("6.12-ppc64el", "rising", TWO_RISING, "movablecore=70%"),
    *offlining("7.x-riscv64", "one", ONE_4G, "kernelcore=1G"),
)
