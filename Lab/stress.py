"""Fills machines as real hosts are filled, asks their kernels for what their profile may ask, and keeps what came of it.

    python3 Lab/stress.py list
    python3 Lab/stress.py run                        [--only NAME] [--kernel K] [--repeat N] [--jobs N]
    python3 Lab/stress.py clean                      boots them without arguments, to ask zonewise about
    python3 Lab/stress.py advised --zonewise PATH …  the same with the arguments and the demand that zonewise gives
    python3 Lab/stress.py smallest --zonewise PATH … the smallest size that survives that demand, by bisection
    python3 Lab/stress.py record --zonewise PATH …   Tests/Fixtures/Stress
    python3 Lab/stress.py table --zonewise PATH      Documentation/load.md

Every trial is kept in Lab/.cache/stress.jsonl as soon as it has ended, and is not run again: a run begins where
the last one stopped. `--again` runs it all the same.
"""

import argparse
import dataclasses
import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import stress_machines
from initramfs import init_program
from kernels import CACHE, Unavailable, kernel
from stress_advice import advised, clean
from stress_bisect import kernelcore, smallest
from stress_record import record
from stress_table import write_table
from stress_trial import run

RESULTS = CACHE / "stress.jsonl"


class Results:
    """What trials came to, by their keys; a line for each, written when it has ended."""

    def __init__(self, path, again=False):
        self.path, self.again, self.lock = path, again, threading.Lock()
        lines = path.read_text().splitlines() if path.exists() else ()
        self.rows = {row["key"]: row for row in map(json.loads, lines)}

    def of(self, trial, number=0, **more):
        key = trial.key(number)
        if key in self.rows and not self.again:
            return self.rows[key]
        row = {"key": key, "name": trial.name, "series": trial.series, "number": number,
               "profile": trial.profile, "arguments": trial.arguments, "demand": trial.demand, **more,
               **run(trial, kernel(trial.series), number)}
        with self.lock:
            self.rows[key] = row
            with open(self.path, "a") as file:
                file.write(json.dumps(row) + "\n")
        print(line(row), flush=True)
        return row


def line(row):
    head = f"{row['series']:5} {row['name']:44} #{row['number']}"
    if row["outcome"] != "boots":
        return f"{head} {row['outcome']}: {row['detail']}"
    state = "survived" if row["survived"] else "DIED " + "; ".join(row["deaths"])
    return f"{head} {state}, {row['further-bytes'] / (1 << 20):.0f} MiB further ({row['further-ended']})"


def with_advice(zonewise, trial):
    """The trial that does what zonewise says, and what it says is needed."""
    arguments, needed, demand = advised(zonewise, trial)
    own = [word for word in trial.arguments.split() if not word.startswith(("kernelcore=", "movablecore="))]
    return dataclasses.replace(trial, arguments=" ".join([arguments, *own]), demand=demand), needed


def search(trial, needed, results):
    start = kernelcore(trial.arguments)
    if start is None:
        print(f"{trial.name}: {trial.arguments}: no size to make smaller", flush=True)
        return

    def survives(probe):
        row = results.of(probe)
        return row["outcome"] == "boots" and row["survived"]

    good, bad = smallest(trial, start, survives)
    print(f"{trial.series:5} {trial.name:44} advised {start} MiB, needed {needed >> 20} MiB, "
          f"smallest {good} MiB, dies at {bad} MiB", flush=True)


def perform(options, results):
    chosen = stress_machines.ADVISED if options.what in ("clean", "advised", "smallest") else stress_machines.TRIALS
    trials = [trial for trial in chosen
              if (trial.name == options.name if options.name else options.only in trial.name)
              and options.kernel in ("", trial.series)]
    init_program("amd64")
    with ThreadPoolExecutor(options.jobs) as pool:
        if options.what in ("advised", "smallest"):
            ready = [with_advice(options.zonewise, trial) for trial in trials]
        if options.what == "advised":
            todo = [(trial, number, needed) for number in range(options.repeat) for trial, needed in ready]
            list(pool.map(lambda item: results.of(item[0], item[1], needed=item[2]), todo))
        elif options.what == "clean":
            list(pool.map(clean, trials))
        elif options.what == "smallest":
            list(pool.map(lambda item: search(*item, results), ready))
        else:
            todo = [(trial, number) for number in range(options.repeat) for trial in trials]
            list(pool.map(lambda item: results.of(*item), todo))


def main():
    parser = argparse.ArgumentParser(prog="stress.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("list", "run", "clean", "advised", "smallest", "record", "table"))
    parser.add_argument("--zonewise", default="zonewise")
    parser.add_argument("--only", default="")
    parser.add_argument("--name", default="", help="one trial, by its whole name")
    parser.add_argument("--kernel", default="")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2))
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    results = Results(options.results, options.again)
    try:
        if options.what == "list":
            for trial in (*stress_machines.TRIALS, *stress_machines.ADVISED):
                print(f"{trial.series:5} {trial.name:44} {trial.arguments}")
        elif options.what == "record":
            record(results.rows.values(), options.only, options.zonewise)
        elif options.what == "table":
            write_table(options.zonewise)
        else:
            perform(options, results)
    except Unavailable as problem:
        print(f"the lab booted NOTHING: {problem}", file=sys.stderr)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
