"""Boots the arguments that zonewise emits, and compares the zones with those that it promised.

    python3 Lab/emitted.py --zonewise PATH [--kernel K] [--want WISH ...]

On every kernel: a machine is booted without such arguments, `zonewise cmdline --for raw` says what to boot it with for a
wish, `zonewise advise` says which zones that gives, and the machine is booted again with just that line.
The zones must be those, and advice on the booted machine, for the same wish, must be to do nothing.
Ends like grid.py: `N passed, N failed`; 0, 1 or 77.
"""

import argparse
import dataclasses
import json
import subprocess
import sys

import machines
from boot import boot
from compare import differences
from kernels import Unavailable, kernel

WISHES = ("1GiB", "1:1", "max")
SERIES = ("5.10", "6.1", "6.12", "7.x")
ZONE_ARGUMENTS = ("kernelcore=", "movablecore=", "movable_node")


def output(*command):
    return subprocess.run(command, text=True, capture_output=True, check=True).stdout


def try_on(name, zonewise, wish):
    """(verdict, detail) for one kernel series and one wish."""
    words = machines.TWO_NODES.cmdline.split()
    kept = [word for word in words if not word.startswith(ZONE_ARGUMENTS)]
    machine = dataclasses.replace(machines.TWO_NODES, name="plain", cmdline=" ".join(kept))
    before = boot(machine, kernel(name))
    if before.outcome != "boots":
        return "failed", f"before: {before.outcome}: {before.detail}"
    root = str(before.dump())
    line = output(zonewise, "cmdline", root, "--want", wish, "--for", "raw").strip()
    advice = json.loads(output(zonewise, "advise", root, "--want", wish, "--format", "json"))
    after = boot(dataclasses.replace(machine, name="emitted", cmdline=" ".join([*kept, line])),
                 kernel(name))
    if after.outcome != "boots":
        return "failed", f"{line}: {after.outcome}: {after.detail}"
    found = differences(after.dump(), advice["recommendation"]["predicted"])
    if found:
        return "failed", f"{line}: {found[0]}"
    again = json.loads(
        output(zonewise, "advise", str(after.dump()), "--want", wish, "--format", "json")
    )["recommendation"]
    if again["method"] != "none":
        return "failed", f"{line}: booted with it, {' '.join(again['arguments'])} is advised"
    return "passed", f"{wish}: {line}"


def main():
    parser = argparse.ArgumentParser(prog="emitted.py", description=__doc__.splitlines()[0])
    parser.add_argument("--zonewise", required=True)
    parser.add_argument("--kernel", default="", choices=("", *SERIES))
    parser.add_argument("--want", action="append", metavar="WISH")
    options = parser.parse_args()
    count = {"passed": 0, "failed": 0}
    try:
        for name in [options.kernel] if options.kernel else SERIES:
            for wish in options.want or WISHES:
                verdict, detail = try_on(name, options.zonewise, wish)
                count[verdict] += 1
                print(f"{verdict}  {kernel(name).release:28} {detail}", flush=True)
    except Unavailable as problem:
        print(f"the lab booted NOTHING: {problem}", file=sys.stderr)
        return 77
    print(f"{count['passed']} passed, {count['failed']} failed")
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
