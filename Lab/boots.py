"""Runs a list of (kernel series, machine) boots, at most a few at a time, results in list order."""

from concurrent.futures import ThreadPoolExecutor

from boot import boot
from initramfs import init_program
from kernels import kernel
from machine import qemu


def selected(pairs, series, only):
    return [(name, machine) for name, machine in pairs
            if series in ("", name) and only in f"{name}-{machine.name}"]


def run_all(pairs, series="", only="", jobs=1):
    """Yields (machine, kernel, boot). What is missing here shows before anything boots."""
    chosen = selected(pairs, series, only)
    if not chosen:
        raise SystemExit("no machine of that kernel and name: see Lab/machines.py")
    for name in {name for name, _ in chosen}:
        arch = kernel(name).arch
        qemu(arch)
        init_program(arch)
    with ThreadPoolExecutor(jobs) as pool:
        boots = [pool.submit(boot, machine, kernel(name)) for name, machine in chosen]
        for (name, machine), done in zip(chosen, boots):
            yield machine, kernel(name), done.result()
