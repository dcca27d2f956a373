"""Grows page tables until the OOM killer comes, and records how much the kernel took.

    python3 Lab/headroom.py --zonewise PATH [--only NAME]

Each machine is dumped while it is quiet; then a child touches one page per page table until it is killed. What
it took is what `kernelHeadroomBytes` of the quiet dump must say, within 5 %. The dump goes to
Tests/Fixtures/Headroom as a capture, the figure to taken.tsv there, from where the tests read them.
`nokaslr`: so that two boots of a machine place the kernel alike.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

from boots import run_all
from kernels import Unavailable
from machine import GiB, Machine, MiB, Node

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "Headroom"
GROW = ("dump quiet", "page-tables-until-oom", "dump root")
HOT_ADD = ("host dimm 1G 0", "wait-online 24")


def machine(name, nodes, cmdline, **more):
    actions = more.pop("first", ()) + GROW
    return Machine(f"headroom-{name}", nodes, f"{cmdline} nokaslr", actions=actions, **more)


MACHINES = (
    ("5.10", machine("one-512M", (Node(1 * GiB),), "kernelcore=512M")),
    ("6.1", machine("one-512M", (Node(1 * GiB),), "kernelcore=512M")),
    ("6.1", machine("two-1G", (Node(1 * GiB), Node(1 * GiB)), "kernelcore=1G")),
    ("6.12", machine("unequal-half", (Node(1 * GiB), Node(512 * MiB)), "kernelcore=50%")),
    ("7.x", machine("movablecore-2G", (Node(3 * GiB),), "movablecore=2G")),
    ("6.12", machine("five-4G", (Node(5 * GiB),), "kernelcore=4G")),
    ("6.1", machine("hot-added", (Node(2 * GiB),), "memhp_default_state=online_movable",
                    room=2 * GiB, first=HOT_ADD)),
    ("7.x", machine("hot-added", (Node(2 * GiB),), "memhp_default_state=online_movable",
                    room=2 * GiB, first=HOT_ADD)),
)


def record(boot, name, zonewise):
    """The bytes that were taken; the quiet dump is kept."""
    results = (boot.dump() / "lab" / "results.tsv").read_text()
    taken = int(re.search(r"taken-bytes\t(\d+)", results)[1])
    subprocess.run([zonewise, "capture", str(boot.dump("quiet")), "-o", str(FOLDER / f"{name}.tar.gz")],
                   check=True)
    return taken


def main():
    parser = argparse.ArgumentParser(prog="headroom.py", description=__doc__.splitlines()[0])
    parser.add_argument("--zonewise", required=True)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = FOLDER / "taken.tsv"
    rows = dict(line.split("\t") for line in table.read_text().splitlines()) if table.exists() else {}
    failed = 0
    try:
        for grown, kernel, boot in run_all(MACHINES, only=options.only):
            name = f"{kernel.series}-{grown.name}"
            if boot.outcome != "boots":
                failed += 1
                print(f"{name}: {boot.outcome}: {boot.detail}", flush=True)
                continue
            rows[name] = str(record(boot, name, options.zonewise))
            print(f"{name}: {rows[name]} bytes taken", flush=True)
    except Unavailable as problem:
        print(f"the lab booted NOTHING: {problem}", file=sys.stderr)
        return 77
    table.write_text("".join(f"{name}\t{taken}\n" for name, taken in sorted(rows.items())))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
