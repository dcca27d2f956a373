"""What a boot's console says about the kernel, and which of its deaths to believe.

Software emulation kills kernels at times: it starves timers, runs code that was patched, loses a register.
Such a death says nothing about memory, and looks like any other panic. Hence:

- A kernel that booted is believed at once.
- A panic or a hang is believed when a fresh boot ends in the same way, within TRIES boots.
- A death that emulation is known for is never believed. So is a double fault, and init killed by a signal
  without a report of memory running out: the lab's init doesn't die by itself.
- What could not be believed after TRIES boots is "emulation": NOT TESTED, neither passed nor failed.
"""

import re

TRIES = 3

EMULATION_DEATHS = (
    ("do_sync_core", "code patched while it ran"),
    ("Oops: int3", "code patched while it ran"),
    ("IO-APIC + timer doesn't work", "a timer starved by a busy host"),
    ("double fault", "a double fault"),
)

DUMPED = "lab: dumped"

EARLY_DEATH = "PANIC: early exception"
"""Printed before the kernel can reboot; it stops there."""

INIT_KILLED = re.compile(r"Attempted to kill init! exitcode=0x[0-9a-f]{6}(?!00)[0-9a-f]{2}")
"""The lowest byte is the signal; an init that ends by itself has none."""

OUT_OF_MEMORY = re.compile(r"invoked oom-killer|Out of memory|System is deadlocked on memory")

DUMP_LOST = re.compile(r"the dump port failed: .*|no dump port .*")
"""Said by the guest program: the machine, not its kernel, lacks something."""

TIME = re.compile(r"^\[ *\d+\.\d+\](\[ *\w+\])? ")
VARYING = re.compile(r"\b(0x)?[0-9a-f]{8,16}\b|\b\d+\b")
"""Addresses and numbers, which differ between boots that end in the same way."""


def judge(console, said_by_qemu, ended):
    """(outcome, detail) of one boot; `ended` is QEMU's status, None where it had to be stopped."""
    if match := DUMP_LOST.search(console):
        return "refused", match[0]
    if DUMPED in console:
        return "boots", ""
    for sign, meaning in EMULATION_DEATHS:
        if sign in console:
            return "emulation", f"{meaning} ({sign})"
    if INIT_KILLED.search(console) and not OUT_OF_MEMORY.search(console):
        return "emulation", "init was killed by a signal, and not for lack of memory"
    lines = [TIME.sub("", line).strip() for line in console.splitlines() if line.strip()]
    for line in lines:
        if "Kernel panic" in line or EARLY_DEATH in line:
            return "panics", line
    if ended and not lines:
        last = said_by_qemu.strip().splitlines()[-1:] or [f"QEMU ended with {ended}"]
        return "refused", last[0]
    return "hangs", f"after: {lines[-1]}" if lines else "without a word"


def same_death(one, other):
    """Whether two boots ended in the same way, whatever their addresses and numbers."""
    return one.outcome == other.outcome and shape(one.detail) == shape(other.detail)


def shape(detail):
    return VARYING.sub("#", detail)


def believed(boot_once):
    """The outcome that a boot, and where it has to be its repetition, shows; see above."""
    seen = []
    for _ in range(TRIES):
        result = boot_once()
        if result.outcome in ("boots", "refused"):
            return result
        if result.outcome != "emulation" and any(same_death(result, one) for one in seen):
            return result
        seen.append(result)
    ways = "; ".join(dict.fromkeys(f"{one.outcome}: {one.detail}" for one in seen))
    return type(result)("emulation", result.folder, f"no death came twice in {TRIES} boots ({ways})")
