"""Boots one machine and brings back its files.

A boot ends as "boots" (its files are here), "panics" (the kernel itself died), "emulation" (one of the
known deaths under software emulation, which hit kernels with any command line and say nothing about memory)
or "hangs". Only the first two say anything about a kernel.
"""

import shutil
import subprocess
import tarfile
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import initramfs
import srat
from host_actions import serve
from kernels import CACHE
from machine import command

PATIENCE = 300
"""Seconds after which a boot counts as hung; generous, since other work may share the cores."""

TRIES = 3

EMULATION_DEATHS = ("do_sync_core", "Oops: int3", "IO-APIC + timer doesn't work")
"""Code patched while it runs (the first two), and a timer starved by a busy host."""

EARLY_DEATH = "PANIC: early exception"
"""Printed before the kernel can reboot; it stops there."""


@dataclass(frozen=True)
class Boot:
    """The outcome of one boot; `folder` has console.log and one folder per dump action."""

    outcome: str
    folder: Path
    detail: str = ""

    def dump(self, name="root"):
        return self.folder / name


def boot(machine, kernel):
    """Boots once more when the emulation (not the kernel) failed, up to TRIES times."""
    for _ in range(TRIES):
        result = boot_once(machine, kernel)
        if result.outcome != "emulation":
            break
    return result


def boot_once(machine, kernel):
    tables = {}
    if machine.hotplug_nodes:
        table = srat.original(machine, kernel, boot)
        if table is None:
            return Boot("hangs", CACHE, "the boot that was to show QEMU's SRAT failed")
        tables["SRAT"] = srat.with_hotplug(table, machine.hotplug_nodes)
    folder = CACHE / "boots" / f"{kernel.series}-{machine.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "initramfs").write_bytes(initramfs.build(machine, kernel, tables))
    with tempfile.TemporaryDirectory(prefix="lab-") as sockets:
        arguments = command(machine, kernel, folder / "initramfs", sockets,
                            folder / "console.log", folder / "dump.tar")
        (folder / "command").write_text(" ".join(arguments) + "\n")
        with open(folder / "qemu.log", "w") as log:
            qemu = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if any(line.startswith("host ") for line in machine.actions):
            threading.Thread(target=serve, args=(Path(sockets),), daemon=True).start()
        wait(qemu, folder / "console.log")
    (folder / "initramfs").unlink()
    return judge(folder)


def wait(qemu, console):
    """Until QEMU ends; a kernel that died too early to reboot, or hangs, is ended here."""
    for _ in range(PATIENCE):
        try:
            qemu.wait(1)
            return
        except subprocess.TimeoutExpired:
            if EARLY_DEATH in text(console):
                break
    qemu.kill()
    qemu.wait()


def text(path):
    return path.read_text(errors="replace") if path.exists() else ""


def judge(folder):
    console = text(folder / "console.log")
    if "lab: dumped" in console:
        with tarfile.open(folder / "dump.tar") as archive:
            archive.extractall(folder, filter="tar")
        (folder / "dump.tar").unlink()
        return Boot("boots", folder)
    for sign in EMULATION_DEATHS:
        if sign in console:
            return Boot("emulation", folder, f"the emulation failed, not the kernel: {sign}")
    reason = [line.split("] ", 1)[-1] for line in console.splitlines()
              if "Kernel panic" in line or EARLY_DEATH in line]
    if reason:
        return Boot("panics", folder, reason[0].strip())
    said = text(folder / "qemu.log").strip().splitlines()[-1:]
    return Boot("hangs", folder, said[0] if said else f"see {folder}/console.log")
