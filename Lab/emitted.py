"""Closes the loop: what zonewise advises is booted, and has to be what it promised.

    python3 Lab/emitted.py list
    python3 Lab/emitted.py run --zonewise PATH [--kernel K] [--only NAME] [--table FILE]

For every machine and wish: the machine is booted without arguments about zones, `zonewise cmdline --for raw
--promise FILE` says what to boot it with, and it is booted again with just that line. Then

- the zones must be those of the promise, by the lab's own reading of /proc/zoneinfo;
- `zonewise verify FILE ROOT` must say that the promise is kept;
- `zonewise advise`, for the same wish, must say that there is nothing to do.

Ends like grid.py: 0 when nothing failed and something was tested, else 1; 77 when nothing can be booted here.
"""

import argparse
import dataclasses
import functools
import json
import subprocess
import sys
from pathlib import Path

from boot import boot
from compare import differences
from grid import NOTHING_TESTED, status
from kernels import Unavailable, kernel
from machine import GiB, Machine, Node
from zoneinfo import page_size, populated_zones

ONE_4G = (Node(4 * GiB),)
ONE_6G = (Node(6 * GiB),)
ONE_16G = (Node(16 * GiB),)
TWO_EQUAL = (Node(4 * GiB), Node(4 * GiB))
TWO_UNLIKE = (Node(6 * GiB), Node(4 * GiB))
TWO_RISING = (Node(2 * GiB), Node(3 * GiB))
MEMORY_ONLY = (Node(4 * GiB), Node(4 * GiB, cpus=0))
TWO_OF_FOUR = (Node(4 * GiB), Node(4 * GiB), Node(2 * GiB, cpus=0), Node(2 * GiB, cpus=0))


@dataclasses.dataclass(frozen=True)
class Loop:
    """One machine, and what is wished for on it."""

    series: str
    machine: str
    nodes: tuple
    wish: str

    @property
    def name(self):
        return f"{self.series}-{self.machine}-{self.wish}"

    def booted(self, line=""):
        name = f"loop-{self.machine}" + (f"-{self.wish}" if line else "")
        return boot(Machine(name.replace(":", "-"), self.nodes, line), kernel(self.series))


LOOPS = (
    Loop("5.10", "one", ONE_6G, "1GiB"),
    Loop("5.10", "two", TWO_EQUAL, "max"),
    Loop("6.1", "two", TWO_UNLIKE, "1:1"),
    Loop("6.1", "memory-only", MEMORY_ONLY, "max"),
    Loop("6.12", "one", ONE_6G, "max"),
    Loop("6.12", "large", ONE_16G, "3:1"),
    Loop("6.12", "memory-only", MEMORY_ONLY, "2GiB"),
    Loop("7.x", "two", TWO_UNLIKE, "2GiB"),
    Loop("7.x", "memory-only", MEMORY_ONLY, "3GiB"),
    Loop("7.x", "four", TWO_OF_FOUR, "max"),
    Loop("6.12-arm64", "two", TWO_RISING, "1GiB"),
    Loop("7.x-arm64", "one", ONE_4G, "1GiB"),
    Loop("7.x-arm64", "memory-only", MEMORY_ONLY, "max"),
    Loop("7.x-riscv64", "two", TWO_RISING, "max"),
    Loop("7.x-s390x", "one", ONE_4G, "1GiB"),
    Loop("7.x-ppc64el", "two", TWO_RISING, "2GiB"),
)


class Failed(Exception):
    """One step of a loop did not end as it has to."""


class Untested(Exception):
    """A machine that software emulation did not boot."""


@functools.cache
def clean(series, machine, nodes):
    """The machine without arguments about zones, booted once for all wishes."""
    return up(Loop(series, machine, nodes, "").booted(), "without arguments")


def up(booted, when):
    if booted.outcome == "emulation":
        raise Untested(f"{when}: {booted.detail}")
    if booted.outcome != "boots":
        raise Failed(f"{when}: {booted.outcome}: {booted.detail}")
    return booted


def asked(zonewise, *words, ends=(0,)):
    done = subprocess.run([zonewise, *map(str, words)], text=True, capture_output=True)
    if done.returncode not in ends:
        said = (done.stderr + done.stdout).strip().splitlines()[-1:] or ["no output"]
        raise Failed(f"zonewise {words[0]} ended with {done.returncode}: {said[0]}")
    return done.stdout


def movable(root):
    """Bytes of ZONE_MOVABLE by node, as the kernel has it."""
    page = page_size(root)
    return {zone.node: zone.present * page for zone in populated_zones(root) if zone.name == "Movable"}


def close(loop, zonewise):
    """One row of the table. Raises what went wrong."""
    before = clean(loop.series, loop.machine, loop.nodes).dump()
    promise = before.parent / f"promise-{loop.wish.replace(':', '-')}.json"
    promise.unlink(missing_ok=True)
    wish = ("--want", loop.wish)
    # Findings about what is missing in so small a guest end advise with 1.
    advice = json.loads(asked(zonewise, "advise", before, *wish, "--format", "json", ends=(0, 1)))
    line = asked(zonewise, "cmdline", before, *wish, "--for", "raw", "--promise", promise).strip()
    after = up(loop.booted(line), line)
    found = differences(after.dump(), advice["recommendation"]["predicted"])
    if found:
        raise Failed(f"{line}: {found[0]}")
    asked(zonewise, "verify", promise, after.dump())
    again = json.loads(asked(zonewise, "advise", after.dump(), *wish, "--format", "json", ends=(0, 1)))
    if again["recommendation"]["method"] != "none":
        raise Failed(f"{line}: booted with it, {' '.join(again['recommendation']['arguments'])} is advised")
    promised, had = advice["want"]["givesMovableBytes"], movable(after.dump())
    if promised != sum(had.values()):
        raise Failed(f"{line}: {promised} bytes of Movable are promised, {sum(had.values())} are there")
    by_node = " + ".join(f"{size / GiB:.2f}" for _, size in sorted(had.items()))
    return f"{loop.wish} | `{line}` | {promised / GiB:.2f} GiB | {by_node} | kept | nothing to do"


def memory(loop):
    return " + ".join(f"{node.size / GiB:g}" + ("" if node.cpus else " (no cpus)") for node in loop.nodes)


HEAD = ("| kernel | GiB on its nodes | wish | advised | promised | had, by node | verify | advise again |\n"
        "|---|---|---|---|---|---|---|---|\n")


def run(loops, options):
    count = {"passed": 0, "failed": 0, "NOT TESTED": 0}
    rows = []
    for loop in loops:
        release = kernel(loop.series).release
        try:
            row = close(loop, options.zonewise)
            rows.append(f"| {release} | {memory(loop)} | {row} |\n")
            verdict, detail = "passed", row
        except Failed as problem:
            verdict, detail = "failed", problem
        except Untested as problem:
            verdict, detail = "NOT TESTED", problem
        count[verdict] += 1
        print(f"{verdict:10}  {release:28} {loop.name:34} {detail}", flush=True)
    if options.table:
        options.table.write_text(HEAD + "".join(rows))
    print(", ".join(f"{number} {verdict}" for verdict, number in count.items()))
    return status(count)


def main():
    parser = argparse.ArgumentParser(prog="emitted.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("list", "run"))
    parser.add_argument("--zonewise", help="the zonewise program whose advice is booted")
    parser.add_argument("--kernel", default="", help="this kernel series only")
    parser.add_argument("--only", default="", help="loops whose name has this in it")
    parser.add_argument("--table", type=Path, help="write what passed as a table of Markdown")
    options = parser.parse_args()
    loops = [loop for loop in LOOPS if options.kernel in ("", loop.series) and options.only in loop.name]
    if options.what == "list":
        for loop in loops:
            print(f"{loop.series:12} {loop.machine:12} {memory(loop):32} {loop.wish}")
        return 0
    if not options.zonewise:
        parser.error("--zonewise PATH is needed: the program whose advice is booted")
    try:
        return run(loops, options)
    except Unavailable as problem:
        print(f"the lab booted NOTHING: {problem}", file=sys.stderr)
        return NOTHING_TESTED


if __name__ == "__main__":
    sys.exit(main())
