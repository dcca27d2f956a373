"""What zonewise says about a machine of Lab/stress.py: the arguments it advises, and the demand of a profile.

Both are asked of the machine booted without arguments about zones; that boot is kept, since the answer to it is
the same for every profile.
"""

import dataclasses
import json
import shutil
import subprocess
from pathlib import Path

from boot import boot
from kernels import CACHE, Unavailable, kernel
from machine import MiB

KINDS = {
    "page-tables": "page-tables", "slab-unreclaimable": "sockets", "slab-reclaimable": "dentries",
    "kernel-stacks": "tasks", "percpu": "cgroups", "planned:conntrack": "files",
}
"""How guest/stress.c takes what a term of the demand stands for; pipes for the rest."""


def clean(trial):
    """The root of the machine without arguments."""
    nodes = "+".join(f"{node.size // MiB}{'' if node.cpus == 1 else f'c{node.cpus}'}" for node in trial.nodes)
    kept = CACHE / "stress-clean" / f"{trial.series}-{trial.chipset}-{nodes}-swap{trial.swap // MiB}"
    if not kept.exists():
        plain = dataclasses.replace(trial, name=kept.name, arguments="", fill=(), demand=(), settings=(), late=())
        machine = dataclasses.replace(plain.machine("clean"), actions=(*plain.swap_on(), "dump root"))
        booted = boot(machine, kernel(trial.series))
        if booted.outcome != "boots":
            raise Unavailable(f"{kept.name} does not boot: {booted.detail}")
        kept.parent.mkdir(exist_ok=True)
        shutil.copytree(booted.dump(), kept, symlinks=True)
    return kept


def profile_words(name):
    """The words that choose a profile: the lab's own, or one that zonewise knows."""
    own = Path(__file__).resolve().parent / f"{name}.yaml"
    return "--profile", str(own) if own.exists() else name


def asked(zonewise, *words):
    done = subprocess.run([zonewise, *map(str, words)], text=True, capture_output=True)
    if done.returncode not in (0, 1) or not done.stdout:
        raise Unavailable(f"zonewise {words[0]} ended with {done.returncode}: {done.stderr.strip()[:200]}")
    return done.stdout


def advised(zonewise, trial):
    """(arguments, bytes that zonewise says are needed, the demand as (kind, MiB))."""
    said = json.loads(asked(zonewise, "advise", clean(trial), "--want", "max", *profile_words(trial.profile),
                            "--format", "json"))
    grows = {}
    for term in said["demand"]["terms"]:
        more = term["projectedBytes"] - term["nowBytes"]
        if more > 0:
            kind = KINDS.get(term["id"], "pipes")
            grows[kind] = grows.get(kind, 0) + more
    demand = tuple((kind, -(-more // MiB)) for kind, more in sorted(grows.items()))
    line = asked(zonewise, "cmdline", clean(trial), "--want", "max", *profile_words(trial.profile), "--for", "raw")
    return line.strip(), said["sizing"]["neededKernelBytes"], demand
