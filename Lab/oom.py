"""Runs machines out of memory in known ways, and keeps what their kernels printed.

    python3 Lab/oom.py list
    python3 Lab/oom.py record [--only NAME] [--kernel K] [--jobs N]

Every report goes to Tests/Fixtures/OOM/booted/<kernel>.pack, the lines as the kernel printed them on the
serial console (without its tables of tasks and slab caches, which tell nothing about zones). What was done,
the cause that zonewise must find, and how much the guest itself saw free in ZONE_MOVABLE before and after go to
booted.tsv there. The tests read both.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import packs
from boots import run_all
from kernels import Unavailable
from machine import GiB, Machine, MiB, Node

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "OOM" / "booted"
X86 = ("5.10", "6.1", "6.12", "7.x")
# Debian's kernels are built without the first cgroup hierarchy from 6.12 on.
WITH_CGROUP_1 = ("5.10", "6.1")
# Debian builds CMA for arm64 only.
WITH_CMA = ("6.1-arm64", "6.12-arm64")

SMALL = (Node(512 * MiB),)
ONE = (Node(1 * GiB),)
TWO = (Node(512 * MiB), Node(512 * MiB, cpus=0))
NODE_1_MOVABLE = (Node(3584 * MiB), Node(256 * MiB, cpus=0))
LOW_NODE_0 = (Node(512 * MiB), Node(1 * GiB, cpus=0))


@dataclass(frozen=True)
class Case:
    """One way to run out of memory, and what a diagnosis of the report must say."""

    cause: str
    done: str
    machine: Machine
    kernels: tuple = X86


def case(name, cause, done, nodes, action, cmdline="", kernels=X86, **more):
    actions = more.pop("first", ()) + (action,)
    cmdline = f"{cmdline} ignore_loglevel".strip()
    return Case(cause, done, Machine(f"oom-{name}", nodes, cmdline, actions=actions, **more), kernels)


CASES = (
    case("page-tables", "zone-imbalance", "page tables grown beside a free Movable zone",
         ONE, "oom page-tables", "kernelcore=512M"),
    case("pipes-two-nodes", "zone-imbalance", "pipe buffers grown, both nodes' Movable zones free",
         TWO, "oom pipes", "kernelcore=512M"),
    case("ramfs", "zone-imbalance", "a ramfs filled: user data that Movable does not take",
         ONE, "oom ramfs", "kernelcore=512M"),
    case("stuck", "zone-imbalance",
         "Movable filled by one process, another spilled to the kernel zones, the first ended; "
         "then page tables grown", ONE, "oom stuck 550M+200M", "kernelcore=512M"),
    case("hot-added", "zone-imbalance", "1 GiB hot-added as Movable to 512 MiB, page tables grown",
         SMALL, "oom page-tables", "memhp_default_state=online_movable", room=2 * GiB,
         first=("host dimm 1G 0", "wait-online 12")),
    case("cma", "zone-imbalance", "page tables grown beside a free CMA area",
         ONE, "oom page-tables", "cma=512M", kernels=WITH_CMA),
    case("cpuset-movable-only", "movable-only-binding",
         "pipe buffers by a process in a cpuset of a node that is all Movable",
         NODE_1_MOVABLE, "oom pipes in cpuset 1", "kernelcore=2G"),
    case("policy-movable-node", "node-binding",
         "anonymous memory by a process bound (MPOL_BIND) to a node that is all Movable",
         NODE_1_MOVABLE, "oom anonymous in policy 1", "kernelcore=2G"),
    case("policy-node", "node-binding", "anonymous memory by a process bound (MPOL_BIND) to one of "
         "two nodes", TWO, "oom anonymous in policy 1"),
    case("cpuset-node", "node-binding", "anonymous memory by a process in a cpuset of one of two "
         "nodes", TWO, "oom anonymous in cpuset 1"),
    case("fragmented-order-3", "fragmentation", "every other page taken by pipe buffers, then keys "
         "of 30000 bytes", SMALL, "oom keys 30000"),
    case("fragmented-order-4", "fragmentation", "every other page taken by pipe buffers, then keys "
         "of 32767 bytes", SMALL, "oom keys 32767"),
    case("fragmented-order-10", "fragmentation", "every other page taken by pipe buffers, then "
         "4 MiB of ancillary data sent", SMALL, "oom control-data 4M"),
    case("cgroup2", "cgroup-limit", "anonymous memory in a cgroup (v2) with memory.max",
         ONE, "oom anonymous in cgroup2 64M"),
    case("cgroup2-pipes", "cgroup-limit", "pipe buffers in a cgroup (v2) with memory.max",
         ONE, "oom pipes in cgroup2 64M", "kernelcore=512M"),
    case("cgroup1", "cgroup-limit", "anonymous memory in a cgroup (v1) with a limit",
         ONE, "oom anonymous in cgroup1 64M", kernels=WITH_CGROUP_1),
    case("anonymous", "shortage", "anonymous memory, no Movable", SMALL, "oom anonymous"),
    case("anonymous-two-nodes", "shortage", "anonymous memory, two nodes", TWO, "oom anonymous"),
    case("anonymous-movable", "shortage", "anonymous memory: Movable first, then all else",
         ONE, "oom anonymous", "kernelcore=512M"),
    case("mlock", "shortage", "memory locked by mlockall", ONE, "oom locked", "kernelcore=512M"),
    case("tmpfs", "shortage", "a tmpfs without a limit filled", ONE, "oom tmpfs", "kernelcore=512M"),
    case("ramfs-plain", "shortage", "a ramfs filled, no Movable", SMALL, "oom ramfs"),
    case("low-zone", "low-zone", "DMA32 filled, then pages below 4 GiB asked for by KVM; Normal free",
         LOW_NODE_0, "oom low-zone 6M", chipset="pc,max-ram-below-4g=512M", modules=("kvm_amd",)),
    case("by-hand", "no-shortage", "the OOM killer called by sysrq f, all memory free",
         SMALL, "write /proc/sysrq-trigger f"),
)

START = re.compile(r"invoked oom-killer|page allocation failure|page allocation stalls")
TABLE = re.compile(r"\] (\[ *(pid|\d+) *\]|Tasks state|Unreclaimable slab info|Name +Used"
                   r"|[\w:.()/-]+ +\d+KB +\d+KB$)")
COUNTS = re.compile(r"\d pages (RAM|reserved|cma reserved|hwpoisoned)$")
END = re.compile(r"Killed process|System is deadlocked|no killable processes")


def first_report(console):
    """The first report's lines of a console log, without the tables behind its numbers."""
    kept = []
    for line in console.splitlines():
        line = line.rstrip("\r")
        if not re.match(r"\[ *\d+\.\d+\]", line):
            continue
        if START.search(line):
            if kept:
                break
        elif not kept:
            continue
        if not TABLE.search(line):
            kept.append(line)
        if END.search(line):
            return kept
    # A failed allocation's report ends with its counts of pages; nobody is killed.
    ends = [number for number, line in enumerate(kept) if COUNTS.search(line)]
    return kept[:ends[-1] + 1] if ends else kept


def free_movable(console, when):
    found = re.search(rf"lab: {when} Movable free (\d+) kB", console)
    return found[1] if found else ""


def facts(chosen, series, console, boot_kernel):
    seen = "stuck" if "lab: stuck Movable" in console else "before"
    return "\t".join((f"{series}-{name_of(chosen)}.log", boot_kernel.release, chosen.cause,
                      free_movable(console, seen), free_movable(console, "after"), chosen.done))


def name_of(chosen):
    return chosen.machine.name.removeprefix("oom-")


def record(options):
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = FOLDER / "booted.tsv"
    rows = {line.split("\t")[0]: line for line in table.read_text().splitlines()[1:]} \
        if table.exists() else {}
    pairs = [(series, chosen.machine) for chosen in CASES for series in chosen.kernels]
    by_machine = {chosen.machine: chosen for chosen in CASES}
    failed = 0
    for machine, booted, boot in run_all(pairs, options.kernel, options.only, options.jobs):
        name = f"{booted.series}-{machine.name.removeprefix('oom-')}.log"
        console = (boot.folder / "console.log").read_text(errors="replace")
        report = first_report(console)
        if boot.outcome != "boots" or not report:
            failed += 1
            print(f"{name}: {boot.outcome}: {boot.detail or 'no report'}", flush=True)
            continue
        with packs.opened(FOLDER / f"{booted.series}.pack") as reports:
            (reports / name).write_text("\n".join(report) + "\n")
        rows[name] = facts(by_machine[machine], booted.series, console, booted)
        header = "report\tkernel\tcause\tmovable-free-before-kB\tmovable-free-after-kB\tdone\n"
        table.write_text(header + "".join(f"{rows[key]}\n" for key in sorted(rows)))
        print(f"{name}: {len(report)} lines", flush=True)
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(prog="oom.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("list", "record"))
    parser.add_argument("--only", default="", help="machines whose name has this in it")
    parser.add_argument("--kernel", default="", help="this kernel series only")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2))
    options = parser.parse_args()
    if options.what == "record":
        return record(options)
    for chosen in CASES:
        print(f"{name_of(chosen):24} {chosen.cause:22} {' '.join(chosen.kernels)}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unavailable as problem:
        sys.exit(f"nothing was recorded: {problem}")
