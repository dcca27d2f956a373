"""Writes the guest's initramfs: one static program, its action script and the modules it needs."""

import subprocess
from pathlib import Path

from arches import ARCHES
from kernels import CACHE, Unavailable

GUEST = Path(__file__).resolve().parent / "guest"


def cpio(files):
    """A newc archive of {name: (mode, bytes)}; only what the kernel's unpacker looks at is set."""
    archive = bytearray()
    entries = list(files.items()) + [("TRAILER!!!", (0, b""))]
    for number, (name, (mode, data)) in enumerate(entries):
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
        archive += b"070701" + b"".join(b"%08X" % field for field in fields)
        archive += name.encode() + b"\0"
        archive += b"\0" * (-len(archive) % 4)
        archive += data
        archive += b"\0" * (-len(archive) % 4)
    return bytes(archive) + b"\0" * (-len(archive) % 512)


def init_program(arch):
    """guest/*.c as a static program, built anew only when a source is newer."""
    program = CACHE / f"init-{arch}"
    sources = sorted(GUEST.glob("*.c"))
    newest = max(path.stat().st_mtime for path in [*sources, GUEST / "lab.h"])
    if program.exists() and program.stat().st_mtime > newest:
        return program
    CACHE.mkdir(exist_ok=True)
    try:
        subprocess.run([*ARCHES[arch].compiler, "-static", "-s", "-O2", "-Wall", "-Wextra", "-Werror",
                        "-D_GNU_SOURCE", "-o", program, *sources], check=True)
    except FileNotFoundError as missing:
        raise Unavailable(f"{missing.filename} is not installed: "
                          f"apt-get install {ARCHES[arch].compiler_package}") from None
    return program


def build(machine, kernel, tables):
    """The initramfs of one boot as bytes, behind the ACPI tables that replace the firmware's."""
    overrides = {f"kernel/firmware/acpi/{name}.aml": (0o100644, table)
                 for name, table in tables.items()}
    files = {
        "dev": (0o040755, b""),
        "proc": (0o040755, b""),
        "sys": (0o040755, b""),
        "init": (0o100755, init_program(kernel.arch).read_bytes()),
        "port": (0o100644, ARCHES[kernel.arch].dump.guest.encode()),
        "actions": (0o100644, "".join(f"{line}\n" for line in machine.actions).encode()),
    }
    for path, text in machine.files:
        for folder in reversed(Path(path).parents[:-1]):
            files[str(folder)] = (0o040755, b"")
        files[path] = (0o100644, text.encode())
    files["modules"] = (0o040755, b"")
    now = (*ARCHES[kernel.arch].modules, *machine.modules)
    for when, names in (("list", now), ("later", machine.later)):
        modules = {}
        for name in names:
            modules.update(kernel.module_chain(name))
        files[f"modules/{when}"] = (0o100644, "".join(f"{name}.ko\n" for name in modules).encode())
        for name, data in modules.items():
            files[f"modules/{name}.ko"] = (0o100644, data)
    return (cpio(overrides) if overrides else b"") + cpio(files)
