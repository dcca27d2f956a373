"""Boots one machine and brings back its files.

One boot ends as "boots" (its files are here), "panics" (the kernel says that it died), "hangs", "emulation"
(a death that software emulation brings about, whatever the kernel and its command line) or "refused" (the
machine is wrong: QEMU did not take it, or its dump has no way out). Which of them to believe is said by verdict.py.
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
from verdict import DUMPED, EARLY_DEATH, believed, judge

PATIENCE = 300
"""Seconds without a word after which a boot counts as hung; generous, since other work may share the cores."""

PARTING = 10
"""The same once everything is dumped: not every machine can be powered off (loong64 without ACPI)."""

LONGEST = 4 * PATIENCE
"""Seconds after which one that keeps talking does too."""


@dataclass(frozen=True)
class Boot:
    """The outcome of one boot; `folder` has console.log and one folder per dump action."""

    outcome: str
    folder: Path
    detail: str = ""

    def dump(self, name="root"):
        return self.folder / name


def boot(machine, kernel):
    """Boots until the outcome can be believed, at most TRIES times; else it is "emulation"."""
    return believed(lambda: boot_once(machine, kernel))


def boot_once(machine, kernel):
    tables = {}
    if machine.hotplug_nodes:
        table, failed = srat.original(machine, kernel, boot)
        if failed is not None:
            return Boot(failed.outcome, failed.folder, f"when it was to show QEMU's SRAT: {failed.detail}")
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
        ended = wait(qemu, folder / "console.log", max(LONGEST, machine.seconds))
    (folder / "initramfs").unlink()
    return outcome(folder, ended)


def wait(qemu, console, longest):
    """QEMU's own status; None where a kernel that died too early to reboot, or hangs, was ended here."""
    said, silent = "", 0
    for _ in range(longest):
        try:
            return qemu.wait(1)
        except subprocess.TimeoutExpired:
            before, said = said, text(console)
            silent = silent + 1 if said == before else 0
            ends = PARTING if DUMPED in said else PATIENCE
            if EARLY_DEATH in said or silent >= ends:
                break
    qemu.kill()
    qemu.wait()
    return None


def text(path):
    return path.read_text(errors="replace") if path.exists() else ""


def outcome(folder, ended):
    """What a finished boot left in its folder, as a Boot; its dump is unpacked."""
    found, detail = judge(text(folder / "console.log"), text(folder / "qemu.log"), ended)
    if found == "boots":
        with tarfile.open(folder / "dump.tar") as archive:
            archive.extractall(folder, filter="tar")
        (folder / "dump.tar").unlink()
    return Boot(found, folder, detail)
