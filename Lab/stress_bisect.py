"""The smallest kernelcore= with which a full machine meets its demand, for Lab/stress.py."""

from dataclasses import replace

from machine import MiB

GRAIN = 4
"""MiB: the kernel rounds where Movable begins to that."""

CLOSE = 32
"""The search ends when what survives is within 1/CLOSE of what does not, or within GRAIN."""


def sized(trial, size):
    return replace(trial, name=f"{trial.name}-at-{size}M", arguments=f"kernelcore={size}M")


def smallest(trial, advised, perform):
    """(MiB that survives, MiB that does not); None where nothing below what is advised was tried.

    `perform(trial)` boots it and says whether it survived. What is advised is tried first: where it dies the
    search goes up instead, at most to twice as much.
    """
    good, bad = advised, 0
    while not perform(sized(trial, good)):
        bad, good = good, good + max(GRAIN, good // 4 // GRAIN * GRAIN)
        if good > 2 * advised:
            return None, bad
    while good - bad > max(GRAIN, good // CLOSE):
        middle = (good + bad) // 2 // GRAIN * GRAIN
        if middle in (good, bad):
            break
        if perform(sized(trial, middle)):
            good = middle
        else:
            bad = middle
    return good, bad


def kernelcore(arguments):
    """MiB of kernelcore= in a command line; None without."""
    for word in arguments.split():
        name, _, value = word.partition("=")
        if name == "kernelcore" and value[:-1].isdigit() and value[-1] in "KMG":
            return (int(value[:-1]) << {"K": 10, "M": 20, "G": 30}[value[-1]]) // MiB
    return None
