"""Boots the lab's machines and compares every zone with zonewise's prediction.

    python3 Lab/grid.py list
    python3 Lab/grid.py run --zonewise PATH [--kernel K] [--only NAME] [--jobs N]
    python3 Lab/grid.py ci  --zonewise PATH

A machine fails when a zone differs from the prediction, or when its kernel, in two boots of three alike, panics,
hangs or boots against what the machine expects. A machine that software emulation could not boot is NOT TESTED: said
aloud, with the reason, and no failure, since it says nothing about a prediction (verdict.py has the rule).

Ends with 0 when nothing failed and at least one machine was tested; 1 when a machine failed, or when not one of them
could be booted; 77 when QEMU or the kernels can't be had here, so that nothing was tested.
"""

import argparse
import sys

import machines
from boots import run_all, selected
from compare import check
from kernels import Unavailable

NOTHING_TESTED = 77


def parse_arguments():
    parser = argparse.ArgumentParser(prog="grid.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("list", "run", "ci"))
    parser.add_argument("--zonewise", help="the zonewise program to compare with")
    parser.add_argument("--kernel", default="", help="this kernel series only")
    parser.add_argument("--only", default="", help="machines whose name has this in it")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2), help="boots at a time")
    options = parser.parse_args()
    if options.what != "list" and not options.zonewise:
        parser.error("--zonewise PATH is needed: the program whose predictions are checked")
    return options


def run(pairs, options):
    count = {"passed": 0, "failed": 0, "NOT TESTED": 0}
    for machine, kernel, boot in run_all(pairs, options.kernel, options.only, options.jobs):
        verdict, detail = check(machine, boot, options.zonewise)
        count[verdict] += 1
        print(f"{verdict:10}  {kernel.release:28} {machine.name:34} {detail}", flush=True)
    print(", ".join(f"{number} {verdict}" for verdict, number in count.items()))
    return status(count)


def status(count):
    """1 where something failed, or where nothing at all was tested."""
    return 1 if count["failed"] or not count["passed"] else 0


def main():
    options = parse_arguments()
    pairs = machines.CI if options.what == "ci" else machines.GRID
    if options.what == "list":
        for name, machine in selected(pairs, options.kernel, options.only):
            print(f"{name:16} {machine.name:34} {machine.cmdline}")
        return 0
    try:
        return run(pairs, options)
    except Unavailable as problem:
        print(f"the lab booted NOTHING, no prediction was tested: {problem}", file=sys.stderr)
        return NOTHING_TESTED


if __name__ == "__main__":
    sys.exit(main())
