"""The two shapes in which a boot is kept: the facts that matter, and the whole root."""

import re
import shutil

import packs
from zoneinfo import boot_facts, populated_zones

LOG_LINES = re.compile(r"""
    Linux\ version | Command\ line: | Kernel\ command\ line: | BIOS-e820 | BIOS-provided
    | e820: | Zone\ ranges: | Movable\ zone\ start | Early\ memory\ node\ ranges
    | Initmem\ setup | \ +(DMA|DMA32|Normal|HighMem|Movable|Device)\ +(\[mem|empty) | \ +[Nn]ode\ +\d+:\ 
    | On\ node\ \d+ | SRAT | NUMA | Faking\ a\ node | zonelists | Total\ pages | Memory:\ \d
    | [Cc]rash | HugeTLB | hugetlb | hugepages | \bcma\b | mirror | kernelcore | movablecore | movable
    | percent\ of | memory\ block | Malformed | Unknown\ kernel | \bmem= | ranges\ modified
    | user-defined | memmap | last_pfn | Hotplug | acpi_memhotplug | NODE_DATA | page\ size
    """, re.VERBOSE)

CONFIG_LINES = re.compile(r"""
    CONFIG_(MEMORY_ | MHP_ | ZONE_ | HAVE_GIGANTIC | ARCH_HAS_GIGANTIC | .*BALLOON | .*CMA | HUGETLB
    | TRANSPARENT_HUGEPAGE | KASAN | KMSAN | KFENCE | PAGE_OWNER | PAGE_EXTENSION | SPARSEMEM | NUMA
    | NODES_SHIFT | DEBUG_PAGEALLOC | X86_5LEVEL | ARM64_(4K|16K|64K|VA|PA)_ | ARCH_FORCE_MAX_ORDER
    | DEFERRED_STRUCT | DEV_DAX | FS_DAX | .*VMEMMAP | PAGE_TABLE | MIGRATION | COMPACTION | CMDLINE
    | ZRAM | ZSWAP | ZSMALLOC | DEBUG_KMEMLEAK | MEM_ALLOC_PROFILING | KMSAN | SECRETMEM
    | PGTABLE_LEVELS | RANDOMIZE | BOOT_CONFIG | VMAP_STACK | X86_64 | ARM64)
    """, re.VERBOSE)

PROOF_LINES = re.compile(r"Linux version|Command line|Zone ranges|Movable zone start|node +\d+: |"
                         r"Early memory|Node \d+: 0x|Memory: \d|oom|Out of memory|Mem-Info|"
                         r"pgtables|Node \d+ |active_anon|slab_|mapped:|lowmem_reserve|offlin|"
                         r"page dumped|migrat|Balloon|memory block", re.I)

CRASH_LINES = re.compile(r"Linux version|Command line|PANIC|RIP|panic")

ROOT_LEFT_OUT = ("sys/firmware/acpi", "dmesg")


def text_of(boot, dump="root"):
    return (boot.dump(dump) / "dmesg").read_text(errors="replace")


def write_boot(kernel, boot, target):
    """boot.log, zones.tsv and facts.tsv: what a predictor needs, and what the kernel then did.

    All boots of a series are one pack; this one is put into it, or replaced there."""
    with packs.opened(target.with_name(f"{kernel.series}.pack")) as boots:
        shutil.rmtree(boots / target.name, ignore_errors=True)
        return write_facts(kernel, boot, boots / target.name)


HOST_FILES = ("proc/cmdline", "proc/version", "proc/zoneinfo", "proc/meminfo", "proc/buddyinfo", "proc/iomem",
              "proc/sys/kernel/osrelease", "sys/devices/system/memory/block_size_bytes",
              "sys/devices/system/node/has_*", "sys/devices/system/node/online",
              "sys/devices/system/node/node*/cpulist")
"""What a layout is worked out from on a running host."""


def write_boot_and_root(kernel, boot, target):
    """As `write_boot`, and beside it root/: the host's own files of its zones and nodes."""
    size = write_boot(kernel, boot, target)
    with packs.opened(target.with_name(f"{kernel.series}.pack")) as boots:
        root = boots / target.name / "root"
        for pattern in HOST_FILES:
            for path in boot.dump().glob(pattern):
                kept = root / path.relative_to(boot.dump())
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, kept, follow_symlinks=False)
                size += path.lstat().st_size
    return size


def write_facts(kernel, boot, target):
    target.mkdir(parents=True)
    kept = [line for line in text_of(boot).splitlines() if LOG_LINES.search(line)]
    (target / "boot.log").write_text("\n".join(kept) + "\n")
    rows = ["node\tzone\tstart_pfn\tspanned\tpresent\tmanaged"]
    rows += ["\t".join(map(str, (zone.node, zone.name, zone.start, zone.spanned, zone.present,
                                 zone.managed)))
             for zone in populated_zones(boot.dump())]
    (target / "zones.tsv").write_text("\n".join(rows) + "\n")
    facts = {"kernel": kernel.release, "package_version": kernel.package_version,
             "arch": kernel.arch, **boot_facts(boot.dump())}
    (target / "facts.tsv").write_text("".join(f"{key}\t{value}\n" for key, value in facts.items()))
    return sum(path.stat().st_size for path in target.iterdir())


def write_root(kernel, boot, target):
    """The dumped root as it was, with the kernel log and the memory part of the config added."""
    target.unlink(missing_ok=True)
    with packs.opened(target) as root:
        copy_root(boot.dump(), root)
        write(root / "var" / "log" / "dmesg", text_of(boot))
        write_config(kernel, root)
    return target.stat().st_size


def write_proof(kernel, boot, target, dump):
    """A root before or after something was done to the machine, as a text."""
    target.unlink(missing_ok=True)
    with packs.opened(target) as root:
        write_proof_root(boot, root, dump)
    return target.stat().st_size


def write_offlining(kernel, boot, target):
    """The root before its blocks were tried, lab/offline.tsv with each one's errno, and
    lab/pages.tsv with what its pages were."""
    target.unlink(missing_ok=True)
    results = (boot.dump("after") / "lab/results.tsv").read_text().splitlines()
    rows = [line.split("\t") for line in results]
    with packs.opened(target) as root:
        write_proof_root(boot, root, "before")
        write_config(kernel, root)
        shutil.rmtree(root / "lab", ignore_errors=True)
        for name, action, columns in (("offline", "offline", ("errno",)),
                                      ("pages", "pages", PAGE_COLUMNS)):
            lines = ["\t".join(("block", *columns))]
            lines += ["\t".join((row[1].removeprefix("memory"), *row[2:2 + len(columns)]))
                      for row in rows if row[0] == action]
            path = root / "lab" / f"{name}.tsv"
            path.parent.mkdir(exist_ok=True)
            path.write_text("\n".join(lines) + "\n")
    return target.stat().st_size


PAGE_COLUMNS = ("absent", "reserved", "free", "kernel", "user", "huge", "unclear")


def write_proof_root(boot, target, dump):
    """The dumped root; of the log only what tells of the actions."""
    copy_root(boot.dump(dump), target)
    kept = [line for line in text_of(boot, dump).splitlines() if PROOF_LINES.search(line)]
    write(target / "var" / "log" / "dmesg", "\n".join(kept) + "\n")
    shutil.rmtree(target / "sys" / "firmware", ignore_errors=True)


def write_packed(kernel, boot, target, dump):
    """A root with its log's memory lines and its config's, in one archive."""
    folder = boot.folder / f"{dump}-packed"
    shutil.rmtree(folder, ignore_errors=True)
    write_proof_root(boot, folder, dump)
    write_config(kernel, folder)
    packs.pack(folder, target)
    shutil.rmtree(folder)
    return target.stat().st_size


def write_crash(boot, target):
    """What a kernel that died in early boot said on its console: its command line and its last words."""
    lines = (boot.folder / "console.log").read_text(errors="replace").splitlines()
    kept = [line.rstrip() for line in lines if CRASH_LINES.search(line)]
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(kept) + "\n")
    return target.stat().st_size


def write_config(kernel, target):
    """The options that matter to memory."""
    options = [line for line in kernel.config.read_text().splitlines() if CONFIG_LINES.search(line)]
    write(target / "boot" / f"config-{kernel.release}", "\n".join(options) + "\n")


def write(path, text):
    path.parent.mkdir(parents=True)
    path.write_text(text)


def copy_root(source, target):
    shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    for left_out in ROOT_LEFT_OUT:
        path = target / left_out
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in target.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
