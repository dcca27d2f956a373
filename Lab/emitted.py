"""Boots the arguments that zonewise emits, and compares the zones with those that it promised.

    python3 Lab/emitted.py --zonewise PATH [--kernel K]

On every kernel: a machine is booted as it is, `zonewise cmdline --for raw` says what to boot it with for a
wish, `zonewise advise` says which zones that gives, and the machine is booted again with just that line.
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

WISH = "1GiB"
SERIES = ("5.10", "6.1", "6.12", "7.x")
ZONE_ARGUMENTS = ("kernelcore=", "movablecore=", "movable_node")


def output(*command):
    return subprocess.run(command, text=True, capture_output=True, check=True).stdout


def try_on(name, zonewise):
    """(verdict, detail) for one kernel series."""
    machine = machines.TWO_NODES
    before = boot(machine, kernel(name))
    if before.outcome != "boots":
        return "failed", f"before: {before.outcome}: {before.detail}"
    root = str(before.dump())
    line = output(zonewise, "cmdline", root, "--want", WISH, "--for", "raw").strip()
    advice = json.loads(output(zonewise, "advise", root, "--want", WISH, "--format", "json"))
    kept = [word for word in machine.cmdline.split() if not word.startswith(ZONE_ARGUMENTS)]
    after = boot(dataclasses.replace(machine, name="emitted", cmdline=" ".join([*kept, line])),
                 kernel(name))
    if after.outcome != "boots":
        return "failed", f"{line}: {after.outcome}: {after.detail}"
    found = differences(after.dump(), advice["recommendation"]["predicted"])
    return ("failed", f"{line}: {found[0]}") if found else ("passed", line)


def main():
    parser = argparse.ArgumentParser(prog="emitted.py", description=__doc__.splitlines()[0])
    parser.add_argument("--zonewise", required=True)
    parser.add_argument("--kernel", default="", choices=("", *SERIES))
    options = parser.parse_args()
    count = {"passed": 0, "failed": 0}
    try:
        for name in [options.kernel] if options.kernel else SERIES:
            verdict, detail = try_on(name, options.zonewise)
            count[verdict] += 1
            print(f"{verdict}  {kernel(name).release:28} {detail}", flush=True)
    except Unavailable as problem:
        print(f"the lab booted NOTHING: {problem}", file=sys.stderr)
        return 77
    print(f"{count['passed']} passed, {count['failed']} failed")
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
