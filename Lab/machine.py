"""A machine of the lab as a small value, and the QEMU command that makes it.

Always software emulation: it is there on every host, and it gives the kernel the same memory map and the
same zones as hardware virtualisation would. One thread runs all the virtual CPUs, since a kernel that patches
its own code while another CPU runs it is what the emulation gets wrong at times.
"""

import shutil
from dataclasses import dataclass

from arches import ARCHES
from kernels import Unavailable

MiB = 1 << 20
GiB = 1 << 30


@dataclass(frozen=True)
class Node:
    """One NUMA node; cpus=0 makes it memory only, size=0 CPUs only."""

    size: int
    cpus: int = 1


@dataclass(frozen=True)
class Machine:
    """What to boot, with which command line, and what to do in it before its files are dumped.

    A single node is built without NUMA tables, as most virtual machines are. `chipset` and `cpu` are QEMU's
    words, "" for what the architecture has (arches.py). `actions` are lines for
    guest/actions.c; "host" lines among them come back to boot.py. `hotplug_nodes` get the hot-pluggable
    flag in the ACPI table that tells which memory belongs to which node. `later` are modules that the
    action "load-later" loads, `files` go into the guest as (path, text), `extra` are arguments for QEMU.
    `seconds` is how long it may take where that is longer than what boot.py grants.
    """

    name: str
    nodes: tuple
    cmdline: str = ""
    chipset: str = ""
    room: int = 0
    balloon: bool = False
    disk: int = 0
    modules: tuple = ()
    later: tuple = ()
    files: tuple = ()
    extra: tuple = ()
    cpu: str = ""
    actions: tuple = ("dump root",)
    hotplug_nodes: tuple = ()
    expect: str = "boots"
    seconds: int = 0

    @property
    def memory(self):
        return sum(node.size for node in self.nodes)

    @property
    def cpus(self):
        return max(1, sum(node.cpus for node in self.nodes))


def qemu(arch):
    wanted = ARCHES[arch]
    found = shutil.which(wanted.qemu)
    if found is None:
        raise Unavailable(f"{wanted.qemu} is not installed: apt-get install {wanted.qemu_package}")
    return found


def node_arguments(machine):
    """-object and -numa: memory is never reserved, so a guest may be larger than the host."""
    arguments, cpu = [], 0
    for number, node in enumerate(machine.nodes):
        numa = f"node,nodeid={number}"
        if node.size:
            arguments += ["-object", f"memory-backend-ram,id=ram{number},size={node.size},"
                                     "reserve=off,prealloc=off"]
            numa += f",memdev=ram{number}"
        if node.cpus:
            numa += f",cpus={cpu}-{cpu + node.cpus - 1}"
            cpu += node.cpus
        if len(machine.nodes) > 1:
            arguments += ["-numa", numa]
    return arguments


def command(machine, kernel, initramfs, sockets, console, dump):
    """The QEMU command line: console and dump go to files, QMP and the control port to sockets."""
    memory = f"size={machine.memory}B"
    if machine.room:
        memory += f",slots=4,maxmem={machine.memory + machine.room}B"
    arch = ARCHES[kernel.arch]
    chipset = machine.chipset or arch.machine
    if len(machine.nodes) == 1:
        chipset += ",memory-backend=ram0"
    arguments = [
        qemu(arch.name), "-accel", "tcg,thread=single", "-machine", chipset, "-m", memory,
        "-cpu", machine.cpu or arch.cpu, "-smp", smp(machine, arch),
        *node_arguments(machine),
        "-nodefaults", "-no-reboot", "-display", "none",
        "-qmp", f"unix:{sockets}/qmp,server=on,wait=off",
        "-serial", f"file:{console}",
        "-kernel", str(kernel.image), "-initrd", str(initramfs),
        "-append", command_line(machine, arch),
        *(word.format(dump=dump, sockets=sockets) for word in arch.dump.qemu),
    ]
    if machine.balloon:
        arguments += ["-device", "virtio-balloon-pci,id=balloon"]
    if machine.disk:
        arguments += ["-blockdev", f"driver=null-co,node-name=disk,size={machine.disk},"
                                   "read-zeroes=on",
                      "-device", "virtio-blk-pci,drive=disk"]
    return arguments + list(machine.extra)


def smp(machine, arch):
    """A socket for each CPU, where the machine has sockets."""
    return f"{machine.cpus},sockets={machine.cpus}" if arch.numa else str(machine.cpus)


def command_line(machine, arch):
    words = ("console=" + arch.console, "panic=-1", arch.boot_words, machine.cmdline)
    return " ".join(filter(None, words))
