"""Every machine of the lab, in one place to read."""

from machine import GiB, Machine, MiB, Node

X86 = ("5.10", "6.1", "6.12", "7.x")

ONE_2G = (Node(2 * GiB),)
ONE_6G = (Node(6 * GiB),)
ONE_128G = (Node(128 * GiB, cpus=2),)
TWO_SMALL = (Node(1 * GiB), Node(1 * GiB))
TWO_4G = (Node(4 * GiB), Node(4 * GiB))
TWO_UNEQUAL = (Node(6 * GiB), Node(1 * GiB))
NODE_1_ABOVE_4G = (Node(3584 * MiB), Node(512 * MiB))
THREE_ODD = (Node(3001 * MiB), Node(1502 * MiB, cpus=0), Node(2503 * MiB, cpus=0))
FOUR_2G = (Node(2 * GiB), Node(2 * GiB), Node(2 * GiB, cpus=0), Node(2 * GiB, cpus=0))
FOUR_64G = (Node(64 * GiB), *(Node(64 * GiB, cpus=0),) * 3)
SMALL_MIDDLE = (Node(5 * GiB), Node(512 * MiB, cpus=0), Node(5 * GiB))
EIGHT_1G = (Node(1 * GiB), *(Node(1 * GiB, cpus=0),) * 7)
EIGHT_RISING = (Node(4 * GiB), *(Node(size * 256 * MiB, cpus=0) for size in range(1, 8)))
CPUS_ONLY = (Node(4 * GiB), Node(0), Node(2 * GiB))

# Layouts that every kernel must get right.
ON_EVERY_KERNEL = (
    Machine("one-plain", ONE_2G),
    Machine("one-kernelcore-512M", ONE_2G, "kernelcore=512M"),
    Machine("one-6G-movablecore-half", ONE_6G, "movablecore=50%"),
    Machine("two-kernelcore-3G", TWO_4G, "kernelcore=3G"),
    Machine("two-kernelcore-30-percent", TWO_4G, "kernelcore=30%"),
    Machine("small-node-becomes-kernel", TWO_UNEQUAL, "kernelcore=4G"),
    Machine("four-movablecore-6G", FOUR_2G, "movablecore=6G"),
    Machine("four-last-node-starves", FOUR_2G, "kernelcore=2500M"),
    Machine("small-middle-both-options", SMALL_MIDDLE, "kernelcore=30% movablecore=8G"),
    Machine("eight-kernelcore-4G", EIGHT_1G, "kernelcore=4G"),
    Machine("mirror-without-mirrored-memory", TWO_4G, "kernelcore=mirror"),
)

# What people write, and what the kernel makes of it (kernel, machine).
TRAPS = (
    ("5.10", Machine("trap-1.5G", ONE_2G, "kernelcore=1.5G")),
    ("6.1", Machine("trap-2GB", TWO_4G, "kernelcore=2GB")),
    ("6.12", Machine("trap-octal-010G", (Node(6 * GiB), Node(6 * GiB)), "kernelcore=010G")),
    ("7.x", Machine("trap-octal-08G", TWO_4G, "kernelcore=08G")),
    ("5.10", Machine("trap-hex", ONE_2G, "kernelcore=0x40000000")),
    ("6.1", Machine("trap-hex-e-is-a-digit", ONE_2G, "kernelcore=0x1E")),
    ("6.12", Machine("trap-bytes-512", ONE_2G, "kernelcore=512")),
    ("7.x", Machine("trap-bytes-large", ONE_2G, "kernelcore=805306368")),
    ("5.10", Machine("trap-lower-case-suffix", TWO_4G, "movablecore=2g")),
    ("6.1", Machine("trap-hex-percent", TWO_4G, "kernelcore=0x32%")),
    ("6.12", Machine("trap-percent-junk", TWO_4G, "kernelcore=50%junk")),
    ("7.x", Machine("trap-percent-101", TWO_4G, "kernelcore=101%")),
    ("5.10", Machine("trap-movablecore-100-percent", TWO_4G, "movablecore=100%")),
    ("6.1", Machine("trap-movablecore-above-ram", TWO_4G, "movablecore=64G")),
    ("6.12", Machine("trap-kernelcore-above-ram", TWO_4G, "kernelcore=64G")),
    ("7.x", Machine("trap-zero-percent-after-size", TWO_4G, "kernelcore=5G kernelcore=0%")),
    ("5.10", Machine("trap-zero-percent-alone", TWO_4G, "kernelcore=0%")),
    ("6.1", Machine("trap-percent-after-size", TWO_4G, "kernelcore=5G kernelcore=40%")),
    ("6.12", Machine("trap-size-after-percent", TWO_4G, "kernelcore=40% kernelcore=5G")),
    ("7.x", Machine("trap-repeats", TWO_4G, "kernelcore=1G kernelcore=6G kernelcore=5G")),
    ("5.10", Machine("trap-repeats-movablecore", TWO_4G, "movablecore=1G movablecore=3G")),
    ("6.1", Machine("trap-both-options", FOUR_2G, "kernelcore=2G movablecore=3G")),
    ("6.12", Machine("trap-both-percent", FOUR_2G, "kernelcore=30% movablecore=80%")),
    ("7.x", Machine("trap-mirror-and-size", TWO_4G, "kernelcore=mirror,1G")),
    ("6.12", Machine("trap-size-then-mirror", TWO_4G, "kernelcore=5G kernelcore=mirror")),
    ("6.1", Machine("trap-mirror-then-size", TWO_4G, "kernelcore=mirror kernelcore=5G")),
    ("5.10", Machine("trap-mirror-prefix", TWO_4G, "kernelcore=mirrored")),
    ("7.x", Machine("trap-movablecore-mirror", TWO_4G, "movablecore=mirror")),
    ("6.12", Machine("trap-quotes", TWO_4G, '"kernelcore=5G" dummy="kernelcore=1G movablecore=2G"')),
    ("6.1", Machine("trap-quoted-value", TWO_4G, 'kernelcore="5G"')),
    ("7.x", Machine("trap-after-double-dash", TWO_4G, "kernelcore=5G -- kernelcore=1G")),
    ("5.10", Machine("trap-movable-node-dash", TWO_4G, "kernelcore=5G movable-node")),
    ("7.x", Machine("trap-movable-node-value", TWO_4G, "movablecore=2G movable_node=0")),
    ("6.1", Machine("trap-movable-nodemask", TWO_4G, "kernelcore=5G movable_nodemask=0x2")),
    ("6.12", Machine("trap-movablecore-without-value", TWO_4G, "kernelcore=5G movablecore")),
    ("7.x", Machine("trap-upper-case-name", TWO_4G, "KERNELCORE=5G")),
    ("5.10", Machine("trap-negative", TWO_4G, "kernelcore=-1G")),
    ("6.1", Machine("trap-wrap-16E", TWO_4G, "kernelcore=16E")),
    ("6.12", Machine("trap-wrap-back-to-5G", TWO_4G, "kernelcore=18446744078078279680")),
    ("7.x", Machine("trap-terabyte", ONE_2G, "kernelcore=1T")),
    ("5.10", Machine("trap-rounding-1001M", TWO_4G, "kernelcore=5001M")),
    ("6.1", Machine("trap-size-at-base", TWO_4G, "kernelcore=5G@4G")),
    ("6.12", Machine("trap-empty-value", TWO_4G, "kernelcore=")),
    ("7.x", Machine("trap-one-percent", TWO_4G, "movablecore=1%")),
    ("6.1", Machine("trap-kernelcore-alone", ONE_2G, "earlyprintk=ttyS0 kernelcore",
                    expect="panics")),
    ("7.x", Machine("trap-kernelcore-alone", ONE_2G, "earlyprintk=ttyS0 kernelcore",
                    expect="panics")),
    # Zones above 4 GiB only, and the kernel reaches no further than HighMem.
    ("6.1-i386", Machine("trap-mirror-above-4G", ONE_6G, "earlyprintk=ttyS0 kernelcore=mirror",
                         expect="panics")),
)

# Shapes of memory, and what else takes part in it at boot (kernel, machine).
SHAPES = (
    ("5.10", Machine("shape-three-odd", THREE_ODD, "kernelcore=3000M")),
    ("6.1", Machine("shape-three-odd", THREE_ODD, "movablecore=61%")),
    ("7.x", Machine("shape-three-odd", THREE_ODD, "kernelcore=3500M")),
    ("6.12", Machine("shape-memory-only-node", (Node(3 * GiB), Node(3 * GiB, cpus=0)),
                     "movablecore=2G")),
    ("7.x", Machine("shape-cpus-only-node", CPUS_ONLY, "kernelcore=4G")),
    ("6.1", Machine("shape-cpus-only-node", CPUS_ONLY, "movablecore=30%")),
    ("5.10", Machine("shape-eight-rising", EIGHT_RISING, "kernelcore=6G")),
    ("6.12", Machine("shape-eight-rising", EIGHT_RISING, "kernelcore=45%")),
    ("7.x", Machine("shape-eight-rising", EIGHT_RISING, "movablecore=7G")),
    ("6.1", Machine("shape-sliver", TWO_4G, "kernelcore=3076M")),
    ("7.x", Machine("shape-q35", TWO_4G, "kernelcore=3G", chipset="q35")),
    ("5.10", Machine("shape-q35", ONE_6G, "movablecore=3G", chipset="q35")),
    ("6.1", Machine("shape-mem-limit", TWO_4G, "kernelcore=2G mem=5G")),
    ("7.x", Machine("shape-mem-limit", ONE_6G, "movablecore=1G mem=3500M")),
    ("6.12", Machine("shape-memmap-hole", ONE_6G, "kernelcore=3500M memmap=512M$5G")),
    ("6.1", Machine("shape-numa-off", TWO_4G, "kernelcore=5G numa=off")),
    ("5.10", Machine("shape-crashkernel", ONE_2G, "kernelcore=1G crashkernel=128M")),
    ("6.12", Machine("shape-crashkernel", TWO_4G, "kernelcore=5G crashkernel=256M")),
    ("7.x", Machine("shape-crashkernel-high", TWO_4G, "kernelcore=5G crashkernel=256M,high")),
    ("6.1", Machine("shape-gigantic-pages", TWO_4G,
                    "kernelcore=5G hugepagesz=1G hugepages=1")),
    ("7.x", Machine("shape-gigantic-pages", TWO_4G,
                    "movablecore=50% default_hugepagesz=1G hugepages=2")),
    ("5.10", Machine("shape-128G", ONE_128G, "kernelcore=25%")),
    ("7.x", Machine("shape-128G-two", (Node(96 * GiB), Node(32 * GiB)), "movablecore=100G")),
    ("6.12", Machine("shape-256G-four", FOUR_64G, "kernelcore=8G")),
    ("6.1", Machine("shape-256G-four", FOUR_64G, "kernelcore=25%")),
)

# movable_node for real: the flagged nodes' memory is hot-pluggable by the firmware's word. With nokaslr,
# because the code that places the kernel at random reads the firmware's own table, not the override: it may
# put the kernel on a flagged node, which then loses the flag (seen on 7.2.13), and the log does not say so.
MOVABLE_NODE = (
    *((kernel, Machine("movable-node-1", TWO_4G, "movable_node nokaslr", hotplug_nodes=(1,)))
      for kernel in X86),
    ("5.10", Machine("movable-node-2-and-3", FOUR_2G, "movable_node nokaslr",
                     hotplug_nodes=(2, 3))),
    ("6.1", Machine("movable-node-without-option", TWO_4G, "kernelcore=3G", hotplug_nodes=(1,))),
    ("6.12", Machine("movable-node-beats-kernelcore", TWO_4G,
                     "kernelcore=7G movable_node nokaslr", hotplug_nodes=(1,))),
    ("7.x", Machine("movable-node-all-flagged", TWO_4G, "movable_node nokaslr",
                    hotplug_nodes=(0, 1))),
)

ARM_TWO = (Node(3 * GiB), Node(2 * GiB))
ARM_4K = ("6.1-arm64", "6.12-arm64", "7.x-arm64")
ARM_16K = ("6.12-arm64-16k", "7.x-arm64-16k")

# Other page sizes and other zone limits than x86's.
ARM64 = (
    *((kernel, Machine("kernelcore-3G", ARM_TWO, "kernelcore=3G")) for kernel in ARM_4K + ARM_16K),
    *((kernel, Machine("movablecore-percent", ARM_TWO, "movablecore=37%"))
      for kernel in ARM_4K + ARM_16K),
    ("7.x-arm64", Machine("one-node", (Node(2 * GiB),), "kernelcore=700M")),
    ("6.12-arm64", Machine("gigantic-pages", ARM_TWO, "kernelcore=3G hugepagesz=1G hugepages=1")),
    ("6.12-arm64-16k", Machine("crashkernel", ARM_TWO, "kernelcore=2G crashkernel=256M")),
    ("7.x-arm64-16k", Machine("one-node", (Node(2 * GiB),), "kernelcore=700M")),
    ("7.x-arm64-16k", Machine("mem-limit", ARM_TWO, "movablecore=1G mem=4G")),
)

TWO_UNLIKE = (Node(6 * GiB), Node(4 * GiB))


def apart(name, nodes, cmdline):
    """Without KASLR, whose image may be in the way."""
    return Machine(f"apart-{name}", nodes, f"nokaslr {cmdline}")



# Memory that the command line sets apart or takes away before there are zones.
SET_APART = (
    ("7.x", apart("hugetlb-cma", TWO_UNLIKE, "kernelcore=4G hugetlb_cma=4G")),
    ("7.x", apart("hugetlb-cma-list", TWO_UNLIKE,
                  "hugetlb_cma=0:1G,1:2G hugepagesz=1G hugepages=2 movablecore=1G")),
    ("7.x", apart("hugetlb-cma-refused", TWO_UNLIKE, "movablecore=2G hugetlb_cma=1536M")),
    ("7.x", apart("hugetlb-cma-only", TWO_UNLIKE,
                  "hugetlb_cma=3G hugetlb_cma_only=1 hugepagesz=1G hugepages=2")),
    ("6.1", apart("hugetlb-cma-not-built", TWO_UNLIKE, "kernelcore=4G hugetlb_cma=4G")),
    ("7.x", apart("cma", ONE_6G, "cma=256M movablecore=512M")),
    ("7.x", apart("cma-across", ONE_6G, "cma=2G kernelcore=4G")),
    ("7.x", apart("cma-too-large", ONE_2G, "cma=3G")),
    ("7.x", apart("cma-below-4G", ONE_6G, "cma=128M@0-3G")),
    ("7.x", apart("cma-fixed", ONE_2G, "cma=64M@1G")),
    ("7.x", apart("cma-misplaced", ONE_2G, "cma=64M@0x40100000")),
    ("5.10", apart("crashkernel-high", TWO_UNLIKE,
                   "crashkernel=512M,high crashkernel=64M,low movablecore=1G")),
    ("6.1", apart("crashkernel-high", TWO_UNLIKE, "crashkernel=512M,high")),
    ("6.12", apart("crashkernel-plain-wins", TWO_UNLIKE,
                   "crashkernel=512M,high crashkernel=64M,low crashkernel=192M movablecore=1G")),
    ("6.1", apart("crashkernel-ranges", ONE_6G, "crashkernel=1G-4G:160M,4G-:320M")),
    ("7.x", apart("crashkernel-cma", TWO_UNLIKE,
                  "crashkernel=512M,high crashkernel=256M,cma movablecore=1G")),
    ("7.x", apart("crashkernel-cma-alone", ONE_6G, "crashkernel=256M,cma")),
    ("6.1", apart("mem", ONE_6G, "mem=6G kernelcore=4G")),
    ("7.x", apart("memmap-reserved", ONE_6G, "memmap=1G$0x120000000 kernelcore=3500M")),
    ("5.10", apart("memmap-persistent", ONE_6G, "memmap=1G!5G movablecore=1G")),
    ("6.1", apart("numa-off", TWO_UNLIKE, "numa=off kernelcore=5G")),
)

# ZONE_MOVABLE is cut from HighMem.
HIGHMEM = (
    ("6.1-i386", Machine("high-movablecore", ONE_2G, "movablecore=512M")),
    ("6.1-i386", Machine("high-kernelcore", ONE_2G, "kernelcore=512M")),
    ("6.1-i386", Machine("high-pae", ONE_6G, "kernelcore=2G")),
    ("6.1-i386", Machine("high-plain", ONE_2G)),
)

GRID = (
    *((kernel, machine) for machine in ON_EVERY_KERNEL for kernel in X86),
    *TRAPS,
    *SHAPES,
    *MOVABLE_NODE,
    *ARM64,
    *SET_APART,
    *HIGHMEM,
)

# The boots that CI makes live: every kernel, every way to ask, an unequal and a many-node machine.
CI = (
    ("5.10", Machine("ci-two-equal", TWO_4G, "kernelcore=3G")),
    ("6.1", Machine("ci-small-node", TWO_UNEQUAL, "kernelcore=4G")),
    ("6.12", Machine("ci-percent", (Node(3 * GiB), Node(2 * GiB, cpus=0)), "movablecore=40%")),
    ("7.x", Machine("ci-eight-nodes", EIGHT_1G, "kernelcore=4G movablecore=3G")),
    ("7.x", Machine("ci-trap", ONE_2G, "kernelcore=1.5G movablecore=512M")),
)


def hot_added(name, cmdline):
    """2 GiB at boot in 16 blocks, and a 1 GiB module (8 blocks) plugged in later."""
    return Machine(name, (Node(2 * GiB),), cmdline, room=2 * GiB,
                   actions=("host dimm 1G 0", "wait-online 24", "dump root"))


TWO_NODES = Machine("two-nodes-kernelcore", TWO_SMALL, "kernelcore=1G")
ONE_NODE = Machine("one-node-no-movable", (Node(1 * GiB),))
NODE_WITHOUT_KERNEL_MEMORY = Machine(
    "node-without-kernel-memory", NODE_1_ABOVE_4G, "kernelcore=2G")

ROOTS = (
    ("5.10", TWO_NODES),
    ("5.10", ONE_NODE),
    ("6.1", TWO_NODES),
    ("6.1", hot_added("hot-added-movable", "memhp_default_state=online_movable")),
    ("6.12", TWO_NODES),
    ("6.12", ONE_NODE),
    ("6.12", NODE_WITHOUT_KERNEL_MEMORY),
    ("7.x", TWO_NODES),
    ("7.x", NODE_WITHOUT_KERNEL_MEMORY),
    ("7.x", hot_added("hot-added-auto-movable",
                      "memhp_default_state=online memory_hotplug.online_policy=auto-movable")),
)

# What occupies kernel memory, shown on a booted machine: a dump before and one after.
def proof(name, *actions, nodes=TWO_SMALL, cmdline="kernelcore=1G", **extras):
    return Machine(name, nodes, cmdline, actions=("dump before", *actions, "dump after"), **extras)


HUGE_PAGES = "/sys/kernel/mm/hugepages"
BALLOON = {"balloon": True, "modules": ("virtio_pci", "virtio_balloon")}
DISK = {"disk": 1 * GiB, "modules": ("virtio_pci", "virtio_blk")}

PROOFS = (
    ("6.1", proof("page-tables", "page-tables 64M")),
    ("7.x", proof("anonymous-spills", "anonymous 1300M")),
    ("6.12", proof("huge-pages", f"write {HUGE_PAGES}/hugepages-2048kB/nr_hugepages 200")),
    ("7.x", proof("gigantic-pages", f"write {HUGE_PAGES}/hugepages-1048576kB/nr_hugepages 3",
                  nodes=TWO_4G, cmdline="kernelcore=5G")),
    ("6.1", proof("ramfs", "ramfs 200M")),
    ("7.x", proof("block-cache", "block-cache 200M", **DISK)),
    ("5.10", proof("pin", "pin 200M")),
    ("6.12", proof("pin", "pin 200M")),
    ("6.1", proof("balloon", "host balloon 1536M", **BALLOON)),
    ("7.x", proof("balloon", "host balloon 1536M", **BALLOON)),
    ("6.1", proof("blocks-offline", "blocks offline")),
    ("7.x", proof("blocks-offline", "blocks offline")),
    ("6.12", proof("hot-added-offline", "host dimm 1G 0", "wait-present 24", nodes=ONE_2G,
                   cmdline="memhp_default_state=offline", room=2 * GiB)),
    *((kernel, proof("page-tables-until-oom", "page-tables-until-oom")) for kernel in X86),
    ("6.12", proof("pipes-until-oom", "pipes-until-oom")),
)
