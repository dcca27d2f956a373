"""Every machine of the lab, in one place to read."""

from machine import GiB, Machine, MiB, Node

TWO_SMALL = (Node(1 * GiB), Node(1 * GiB))
NODE_1_ABOVE_4G = (Node(3584 * MiB), Node(512 * MiB))


def hot_added(name, cmdline):
    """2 GiB at boot in 16 blocks, and a 1 GiB module (8 blocks) plugged in later."""
    return Machine(name, (Node(2 * GiB),), cmdline, room=2 * GiB,
                   actions=("host dimm 1G 0", "wait-blocks 24", "dump root"))


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
