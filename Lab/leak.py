"""Machines whose kernel memory leaks until the OOM killer comes, and when zonewise said that it would.

    python3 Lab/leak.py run                      [--only NAME] [--jobs N]   an hour and more; kept in Lab/.cache/leaks
    python3 Lab/leak.py score --zonewise PATH    the table for Documentation/forecast.md

Each machine is filled as hosts in use are. Then something takes a little of one kind of kernel memory every few
seconds, while other work comes and goes, and every half minute the machine is captured. What is known after 30
minutes is what a forecast is made from, and again after three quarters of what there was until the end.
"""

import argparse
import calendar
import json
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from boot import boot
from initramfs import init_program
from kernels import CACHE, Unavailable, kernel
from machine import GiB, Node
from stress_trial import Trial

LEAKS = CACHE / "leaks"
LONGEST = 7200
"""Seconds after which a leak is given up."""


@dataclass(frozen=True)
class Leak:
    """`step` bytes of a kind every `every` seconds; `churn` bytes at most come and go beside it."""

    name: str
    series: str
    kind: str
    arguments: str
    nodes: tuple = (Node(2 * GiB),)
    step: int = 1 << 20
    every: int = 7
    churn: int = 12 << 20

    def machine(self):
        trial = Trial(self.name, self.series, self.nodes, self.arguments)
        machine = trial.machine(0)
        filled = list(machine.actions)[:list(machine.actions).index("dump full")]
        leak = f"leak {self.kind} {self.step} {self.every} {self.churn} 30 {LONGEST}"
        return replace(machine, name=f"leak-{self.name}", actions=(*filled, leak, "dump root"), seconds=LONGEST + 1800)


TWO = (Node(GiB), Node(GiB))

LEAKS_TRIED = (
    Leak("page-tables-6.12", "6.12", "page-tables", "kernelcore=800M"),
    Leak("slab-6.12", "6.12", "slab", "kernelcore=800M"),
    Leak("pins-6.12", "6.12", "pins", "kernelcore=800M"),
    Leak("page-tables-6.1", "6.1", "page-tables", "kernelcore=800M"),
    Leak("two-nodes-slab-6.12", "6.12", "slab", "kernelcore=800M", nodes=TWO),
)


def keep(leak):
    """Boots it, and keeps its captures and what came of it."""
    booted = boot(leak.machine(), kernel(leak.series))
    if booted.outcome != "boots":
        print(f"{leak.name}: {booted.outcome}: {booted.detail}", flush=True)
        return
    folder = LEAKS / leak.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = [line.split("\t") for line in (booted.dump() / "lab" / "results.tsv").read_text().splitlines()]
    facts = {key: text for action, key, text in rows if action == "leak"}
    shutil.move(booted.folder / "captures", folder / "captures")
    (folder / "facts.json").write_text(json.dumps(facts) + "\n")
    print(f"{leak.name}: {facts}", flush=True)


def forecast(zonewise, captures, until):
    """What is said of the host from the captures up to a second: (when nothing is left, not before, not after)."""
    with tempfile.TemporaryDirectory(prefix="leak-") as folder:
        for capture in captures.iterdir():
            if int(capture.name) <= until:
                (Path(folder) / capture.name).symlink_to(capture)
        done = subprocess.run([zonewise, "forecast", folder, "--format", "json"], text=True, capture_output=True)
        if done.returncode not in (0, 1):
            raise Unavailable(f"zonewise forecast ended with {done.returncode}: {done.stderr.strip()[:200]}")
    return json.loads(done.stdout)["hosts"][0]


def seconds(stamp):
    return None if stamp is None else calendar.timegm(time.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ"))


def clock(stamp, begin):
    return "?" if stamp is None else f"{(seconds(stamp) - begin) / 60:.0f}"


def score(zonewise, chosen):
    """Of each leak and each moment at which it was asked: what was said, and what came."""
    print("| machine | measured | said | 80 % | the end came | error of what was left |")
    print("|---|--:|--:|---|--:|--:|")
    for leak in chosen:
        folder = LEAKS / leak.name
        if not (folder / "facts.json").exists():
            continue
        facts = json.loads((folder / "facts.json").read_text())
        begin, end = int(facts["began"]), int(facts["ended"])
        for known in (1860, (end - begin) * 3 // 4):
            said = forecast(zonewise, folder / "captures", begin + known)["imbalanced"] or {}
            at = seconds(said.get("time"))
            error = "?" if at is None else f"{abs(at - end) / (end - begin - known) * 100:.0f} %"
            print(f"| {leak.name} | {known // 60} min | {clock(said.get('at'), begin)} min "
                  f"| {clock(said.get('earliest'), begin)} to {clock(said.get('latest'), begin)} "
                  f"| {(end - begin) / 60:.0f} min, {facts['end']} | {error} |")


def main():
    parser = argparse.ArgumentParser(prog="leak.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("run", "score"))
    parser.add_argument("--zonewise", default="zonewise")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    chosen = [leak for leak in LEAKS_TRIED if options.only in leak.name]
    try:
        if options.what == "run":
            init_program("amd64")
            with ThreadPoolExecutor(options.jobs) as pool:
                list(pool.map(keep, chosen))
        else:
            score(options.zonewise, chosen)
    except Unavailable as problem:
        print(f"the lab booted NOTHING: {problem}", file=sys.stderr)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
