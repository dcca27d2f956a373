"""Writes what booted kernels said into small fixtures that tests read without QEMU.

    python3 Lab/record.py boots [--only NAME] [--kernel K] [--jobs N]    Tests/Fixtures/Lab/<name>/
    python3 Lab/record.py roots [--only NAME] [--kernel K] [--jobs N]    Tests/Fixtures/Roots/<name>/
"""

import argparse
import re
import shutil
import sys
from pathlib import Path

import machines
from boots import run_all
from fixture import write_boot, write_root

FIXTURES = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures"


def main():
    parser = argparse.ArgumentParser(prog="record.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("boots", "roots"))
    parser.add_argument("--only", default="", help="machines whose name has this in it")
    parser.add_argument("--kernel", default="", help="this kernel series only")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2))
    options = parser.parse_args()
    pairs = machines.GRID if options.what == "boots" else machines.ROOTS
    folder, write = (("Lab", write_boot) if options.what == "boots" else ("Roots", write_root))
    failed = 0
    for machine, kernel, boot in run_all(pairs, options.kernel, options.only, options.jobs):
        name = fixture_name(machine, kernel)
        if boot.outcome != "boots":
            failed += boot.outcome != machine.expect
            print(f"{name}: nothing to record, it {boot.outcome}: {boot.detail}")
            continue
        target = FIXTURES / folder / name
        shutil.rmtree(target, ignore_errors=True)
        size = write(machine, kernel, boot, target)
        print(f"{name}: {size} bytes")
    return 1 if failed else 0


def fixture_name(machine, kernel):
    return re.sub(r"[^A-Za-z0-9._-]", "_", f"{kernel.series}-{machine.name}")


if __name__ == "__main__":
    sys.exit(main())
