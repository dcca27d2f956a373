"""A machine of the lab as a small value, and the QEMU command that makes it.

Always software emulation: it is there on every host, and it gives the kernel the same memory map and the
same zones as hardware virtualisation would. One thread runs all the virtual CPUs, since a kernel that patches
its own code while another CPU runs it is what the emulation gets wrong at times.
"""

import shutil
from dataclasses import dataclass

from kernels import Unavailable

MiB = 1 << 20
GiB = 1 << 30

QEMU = {"amd64": "qemu-system-x86_64", "i386": "qemu-system-x86_64", "arm64": "qemu-system-aarch64"}
QEMU_PACKAGE = {"amd64": "qemu-system-x86", "i386": "qemu-system-x86", "arm64": "qemu-system-arm"}
CONSOLE = {"amd64": "ttyS0", "i386": "ttyS0", "arm64": "ttyAMA0"}

PC = ("amd64", "i386")


@dataclass(frozen=True)
class Node:
    """One NUMA node; cpus=0 makes it memory only, size=0 CPUs only."""

    size: int
    cpus: int = 1


@dataclass(frozen=True)
class Machine:
    """What to boot, with which command line, and what to do in it before its files are dumped.

    A single node is built without NUMA tables, as most virtual machines are. `actions` are lines for
    guest/actions.c; "host" lines among them come back to boot.py. `hotplug_nodes` get the hot-pluggable
    flag in the ACPI table that tells which memory belongs to which node. `later` are modules that the
    action "load-later" loads, `files` go into the guest as (path, text), `extra` are arguments for QEMU.
    """

    name: str
    nodes: tuple
    cmdline: str = ""
    chipset: str = "pc"
    room: int = 0
    balloon: bool = False
    disk: int = 0
    modules: tuple = ()
    later: tuple = ()
    files: tuple = ()
    extra: tuple = ()
    cpu: str = "qemu64,+pdpe1gb"
    actions: tuple = ("dump root",)
    hotplug_nodes: tuple = ()
    expect: str = "boots"

    @property
    def memory(self):
        return sum(node.size for node in self.nodes)

    @property
    def cpus(self):
        return max(1, sum(node.cpus for node in self.nodes))


def qemu(arch):
    found = shutil.which(QEMU[arch])
    if found is None:
        raise Unavailable(f"{QEMU[arch]} is not installed: apt-get install {QEMU_PACKAGE[arch]}")
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
    is_pc = kernel.arch in PC
    chipset = machine.chipset if is_pc else "virt"
    if len(machine.nodes) == 1:
        chipset += ",memory-backend=ram0"
    arguments = [
        qemu(kernel.arch), "-accel", "tcg,thread=single", "-machine", chipset, "-m", memory, "-smp", f"{machine.cpus},sockets={machine.cpus}",
        *node_arguments(machine),
        "-nodefaults", "-no-reboot", "-display", "none",
        "-qmp", f"unix:{sockets}/qmp,server=on,wait=off",
        "-serial", f"file:{console}",
        "-kernel", str(kernel.image), "-initrd", str(initramfs),
        "-append", command_line(machine, kernel.arch),
    ]
    if is_pc:
        arguments += ["-cpu", machine.cpu, "-serial", f"file:{dump}",
                      "-serial", f"unix:{sockets}/control,server=on,wait=off"]
    else:
        arguments += ["-cpu", "cortex-a76", "-chardev", f"file,id=dump,path={dump}",
                      "-device", "pci-serial,chardev=dump"]
    if machine.balloon:
        arguments += ["-device", "virtio-balloon-pci,id=balloon"]
    if machine.disk:
        arguments += ["-blockdev", f"driver=null-co,node-name=disk,size={machine.disk},"
                                   "read-zeroes=on",
                      "-device", "virtio-blk-pci,drive=disk"]
    return arguments + list(machine.extra)


def command_line(machine, arch):
    """no_timer_check: a busy host can starve the emulated timer, and the kernel would give up."""
    timer = " no_timer_check" if arch in PC else ""
    return f"console={CONSOLE[arch]} panic=-1{timer} {machine.cmdline}".strip()
