"""Every hot-add sequence of the lab: a machine, its command line and the devices that come."""

from dataclasses import dataclass

from machine import GiB, Machine, MiB, Node

BLOCK = 128 * MiB
AUTO = "memhp_default_state=online memory_hotplug.online_policy=auto-movable"
SHORT = {"dimm": "dimm", "virtio-mem": "virtio-mem", "block": "dimm"}


@dataclass(frozen=True)
class Sequence:
    machine: Machine
    devices: tuple


def sequence(name, nodes, cmdline, *devices, modules=(), wait="wait-online"):
    """`nodes` are sizes or nodes; `devices` are (kind, size, node)."""
    nodes = tuple(node if isinstance(node, Node) else Node(node) for node in nodes)
    blocks = sum(node.size for node in nodes) // BLOCK
    actions = ["dump before"]
    for kind, size, node in devices:
        blocks += size // BLOCK
        actions.append(f"host {SHORT[kind]} {size // MiB}M {node}")
        actions.append(f"{wait} {blocks}")
    actions.append("dump after")
    room = sum(size for _, size, _ in devices) + 8 * GiB
    return Sequence(Machine(f"grow-{name}", nodes, cmdline, room=room, modules=modules,
                            actions=tuple(actions)), devices)


def dimm(size, node=0):
    return ("dimm", size, node)


def virtio_mem(size, node=0):
    return ("virtio-mem", size, node)


TWO = (1 * GiB, 1 * GiB)
MEMORY_ONLY = (Node(2 * GiB), Node(1 * GiB, cpus=0))

CONTIGUOUS = (
    sequence("contig", (2 * GiB,), "memhp_default_state=online", dimm(1 * GiB)),
    sequence("contig-above-movable", (2 * GiB,), "kernelcore=1G memhp_default_state=online",
             dimm(1 * GiB)),
    sequence("movable-node", (2 * GiB,), "movable_node memhp_default_state=online",
             dimm(1 * GiB), dimm(512 * MiB)),
    sequence("online-movable", (1 * GiB,), "memhp_default_state=online_movable",
             dimm(2 * GiB), dimm(128 * MiB)),
    sequence("online-kernel", (1 * GiB,), "memhp_default_state=online_kernel", dimm(2 * GiB)),
    sequence("two-nodes-contig", TWO, "memhp_default_state=online", dimm(1 * GiB, 1),
             dimm(1 * GiB)),
)

RATIO = (
    sequence("auto-301", (2 * GiB,), AUTO, dimm(6 * GiB)),
    sequence("auto-300", (2 * GiB,), f"{AUTO} memory_hotplug.auto_movable_ratio=300",
             dimm(6 * GiB)),
    sequence("auto-two-dimms", (2 * GiB,), AUTO, dimm(4 * GiB), dimm(4 * GiB), dimm(2 * GiB)),
    sequence("auto-150", (2 * GiB,), f"{AUTO} memory_hotplug.auto_movable_ratio=150",
             dimm(2 * GiB), dimm(1 * GiB), dimm(1 * GiB)),
    sequence("auto-0", (1 * GiB,), f"{AUTO} memory_hotplug.auto_movable_ratio=0", dimm(1 * GiB)),
    sequence("auto-kernelcore", (2 * GiB,), f"kernelcore=1G {AUTO}", dimm(1 * GiB),
             dimm(1 * GiB), dimm(1 * GiB)),
)

NODES = (
    sequence("numa-aware", TWO, AUTO, dimm(4 * GiB), dimm(3 * GiB, 1)),
    sequence("numa-unaware", TWO, f"{AUTO} memory_hotplug.auto_movable_numa_aware=N",
             dimm(4 * GiB), dimm(3 * GiB, 1)),
    sequence("memory-only-node", MEMORY_ONLY, AUTO, dimm(3 * GiB, 1), dimm(1 * GiB, 1)),
    sequence("empty-node-aware", (Node(2 * GiB), Node(0, cpus=1)), AUTO, dimm(1 * GiB, 1)),
    sequence("empty-node-unaware", (Node(2 * GiB), Node(0, cpus=1)),
             f"{AUTO} memory_hotplug.auto_movable_numa_aware=0", dimm(1 * GiB, 1)),
)

MEMMAP = (
    sequence("memmap-block", (1 * GiB,),
             "memhp_default_state=online_movable memory_hotplug.memmap_on_memory=1",
             dimm(128 * MiB)),
    sequence("memmap-dimm", (1 * GiB,),
             "memhp_default_state=online_movable memory_hotplug.memmap_on_memory=1",
             dimm(1 * GiB)),
    sequence("memmap-auto", (2 * GiB,), f"{AUTO} memory_hotplug.memmap_on_memory=Y",
             dimm(6 * GiB), dimm(1 * GiB)),
)

FORCED = (
    sequence("memmap-force", (1 * GiB,),
             "memhp_default_state=online_kernel memory_hotplug.memmap_on_memory=force",
             dimm(1 * GiB)),
)

POOLS = (
    sequence("virtio-mem", (1 * GiB,), AUTO, virtio_mem(6 * GiB), modules=("virtio_mem",)),
    sequence("virtio-mem-and-dimm", (1 * GiB,), AUTO, virtio_mem(4 * GiB), dimm(1 * GiB),
             modules=("virtio_mem",)),
)

CMA = (
    sequence("cma", (2 * GiB,), f"cma=256M {AUTO}", dimm(5 * GiB), dimm(384 * MiB),
             dimm(128 * MiB)),
)

# Debian's 5.10 and 6.1 leave added memory offline, later kernels online it.
OFFLINE = (
    sequence("config-default", (1 * GiB,), "", dimm(1 * GiB), wait="wait-present"),
    sequence("offline", (1 * GiB,), "memhp_default_state=offline", dimm(1 * GiB),
             wait="wait-present"),
)
DEFAULTS = (
    sequence("config-default", (1 * GiB,), "", dimm(1 * GiB)),
)

ALL = (
    [("5.10", one) for one in (*CONTIGUOUS, *OFFLINE)]
    + [("6.1", one) for one in (*CONTIGUOUS, *RATIO, *NODES, *MEMMAP, *OFFLINE)]
    + [("6.12", one) for one in (*RATIO, *NODES, *MEMMAP, *FORCED, *POOLS, *CMA, *DEFAULTS)]
    + [("7.x", one) for one in (*CONTIGUOUS, *RATIO, *NODES, *MEMMAP, *FORCED, *POOLS, *CMA,
                                *DEFAULTS)]
)
