"""Writes what booted kernels said into small fixtures that tests read without QEMU.

    python3 Lab/record.py boots [--only NAME] [--kernel K] [--jobs N]    Tests/Fixtures/Lab/<kernel>.pack
    python3 Lab/record.py arches …         Tests/Fixtures/Lab/<kernel>.pack, with what a host shows of its zones
    python3 Lab/record.py offlining …      Tests/Fixtures/Offlining/<name>.pack: every block tried
    python3 Lab/record.py roots [--only NAME] [--kernel K] [--jobs N]    Tests/Fixtures/Roots/<name>.pack
    python3 Lab/record.py risks …          Tests/Fixtures/Roots/<name>.tar.gz
    python3 Lab/record.py proofs …         Tests/Fixtures/Roots/<name>-before.tar.gz and -after.tar.gz
    python3 Lab/record.py folder-proofs …  Tests/Fixtures/Roots/<name>-before.pack and -after.pack
    python3 Lab/record.py crashes …        Tests/Fixtures/Crashes/<name>.log
"""

import argparse
import functools
import re
import sys
from pathlib import Path

import machines
import machines_arches
import machines_risks
from boots import run_all
from fixture import (write_boot, write_boot_and_root, write_crash, write_offlining, write_packed, write_proof,
                     write_root)
from kernels import Unavailable

FIXTURES = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures"

ROOT = {".tar.gz": functools.partial(write_packed, dump="root")}
PAIR = {f"-{dump}.tar.gz": functools.partial(write_packed, dump=dump) for dump in ("before", "after")}
TEXTS = {f"-{dump}.pack": functools.partial(write_proof, dump=dump) for dump in ("before", "after")}

# Tests of the commands read these as directories, or compare every block's errno with a root's files.
UNPACKED = ("blocks-offline", "page-tables", "page-tables-until-oom", "gigantic-pages", "balloon",
            "anonymous-spills")
FOLDER_PROOFS = [pair for pair in machines.PROOFS if pair[1].name in UNPACKED]
PROOFS = [pair for pair in machines.PROOFS if pair not in FOLDER_PROOFS]
CRASHES = [pair for pair in machines.TRAPS if pair[1].expect == "panics"]

RECORDINGS = {
    "boots": (machines.GRID, "Lab", {"": write_boot}),
    "arches": (machines_arches.ARCHES, "Lab", {"": write_boot_and_root}),
    "offlining": (machines_arches.OFFLINING, "Offlining", {".pack": write_offlining}),
    "roots": (machines.ROOTS, "Roots", {".pack": write_root}),
    "risks": (machines_risks.RISKS, "Roots", ROOT),
    "proofs": (PROOFS + list(machines_risks.RISK_PROOFS), "Roots", PAIR),
    "folder-proofs": (FOLDER_PROOFS, "Roots", TEXTS),
    "crashes": (CRASHES, "Crashes", {}),
}


def main():
    parser = argparse.ArgumentParser(prog="record.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=RECORDINGS)
    parser.add_argument("--only", default="", help="machines whose name has this in it")
    parser.add_argument("--kernel", default="", help="this kernel series only")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2))
    options = parser.parse_args()
    pairs, folder, writers = RECORDINGS[options.what]
    failed = 0
    for machine, kernel, boot in run_all(pairs, options.kernel, options.only, options.jobs):
        name = fixture_name(machine, kernel)
        if boot.outcome == machine.expect == "panics" and options.what == "crashes":
            print(f"{name}: {write_crash(boot, FIXTURES / folder / (name + '.log'))} bytes")
            continue
        if boot.outcome != "boots":
            failed += boot.outcome != machine.expect
            print(f"{name}: nothing to record, it {boot.outcome}: {boot.detail}")
            continue
        for suffix, write in writers.items():
            target = FIXTURES / folder / (name + suffix)
            size = write(kernel, boot, target)
            print(f"{name}{suffix}: {size} bytes", flush=True)
    return 1 if failed else 0


def fixture_name(machine, kernel):
    return re.sub(r"[^A-Za-z0-9._-]", "_", f"{kernel.series}-{machine.name}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unavailable as problem:
        sys.exit(f"nothing was recorded: {problem}")
