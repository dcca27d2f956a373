"""Gives a machine hot-pluggable memory: QEMU's own SRAT with that flag set, as an ACPI table override.

QEMU marks no boot memory as hot-pluggable, so movable_node has nothing to act on. The kernel takes
tables from an uncompressed cpio in front of the initramfs when their OEM revision is newer.
"""

import dataclasses
import struct

from kernels import CACHE

HEADER = 36
ENTRIES = 48
MEMORY_AFFINITY = 1
HOT_PLUGGABLE = 2


def with_hotplug(table, nodes):
    """The table with the hot-pluggable flag on every memory range of `nodes`."""
    changed = bytearray(table)
    at = ENTRIES
    while at < len(changed):
        kind, length = changed[at], changed[at + 1]
        node, = struct.unpack_from("<I", changed, at + 2)
        if kind == MEMORY_AFFINITY and node in nodes:
            flags, = struct.unpack_from("<I", changed, at + 28)
            struct.pack_into("<I", changed, at + 28, flags | HOT_PLUGGABLE)
        at += length
    revision, = struct.unpack_from("<I", changed, 24)
    struct.pack_into("<I", changed, 24, revision + 1)
    changed[9] = 0
    changed[9] = -sum(changed) % 256
    return bytes(changed)


def original(machine, kernel, boot_once):
    """(SRAT that QEMU gives this layout, None), taken once from a boot of it without an override; where
    that boot failed, (None, that boot)."""
    layout = "-".join(f"{node.size:x}.{node.cpus}" for node in machine.nodes)
    kept = CACHE / "srat" / f"{machine.chipset}-{layout}-{machine.room:x}"
    if not kept.exists():
        plain = dataclasses.replace(machine, name=f"srat-of-{machine.name}", cmdline="",
                                    hotplug_nodes=(), actions=("dump root",))
        result = boot_once(plain, kernel)
        if result.outcome != "boots":
            return None, result
        kept.parent.mkdir(exist_ok=True)
        table = result.dump() / "sys" / "firmware" / "acpi" / "tables" / "SRAT"
        kept.write_bytes(table.read_bytes())
    return kept.read_bytes(), None
