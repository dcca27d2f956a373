"""Writes Documentation/load.md from the trials that Tests/Fixtures/Stress has, and what zonewise says of each now."""

import json
import subprocess
from pathlib import Path

from stress_advice import profile_words
from stress_record import FOLDER, REPOSITORY
from stress_trial import HOSTS_FILL

PAGE = REPOSITORY / "Documentation" / "load.md"
MiB = 1 << 20

HEAD = """# Full machines

What booted machines could still take for their kernels when they were as full as hosts in use are. `Lab/stress.py table`
wrote this page from the trials that it recorded in `Tests/Fixtures/Stress`; `Lab/README.md` says how it fills a machine.

"""

ADVISED = """## Advised, filled, and given the demand of the profile

Every machine was booted without arguments, `zonewise cmdline --want max` was asked for its arguments, and it was booted
with those and filled. Then it got the kernel memory that the profile expects in ninety days, kind by kind, and after that
page tables until the OOM killer came: that is what it took further, in MiB, in the worst boot. **False fine**: zonewise
calls the machine balanced while it is quiet, and it died of the demand. Smallest: the kernelcore= found by bisection that
survives the same; one step below it dies.

`cache oldest` reads so much before programs grow that the kernel zones' page cache is the oldest: of all amounts that one
leaves a kernel without the multi-generational LRU least, and its sizes are made for it. After the usual fill such a kernel
has much more left, and smaller sizes survive. Verdicts and headrooms are what zonewise says now. Most machines were
booted once; machines of more than 16 GiB have not been booted with these sizes.

The multi-generational LRU takes page cache from the highest zone first, but no page of a zone above those that a request may
use: once page tables find every kernel zone at its low watermark, the page cache of kernel zones makes room, and user memory
that still grows takes it. Until then they have what user memory must leave, and ZONE_DMA. With `kernelcore=2944M`, where that
is a few MiB, 802 of 878 MiB of anonymous memory settled in kernel zones of 4 GiB (6.12; 8 MiB on 7.x), 687 to 1286 of 1800 of
5 GiB, 113 to 912 of 2727 of 6 GiB (14 to 470 on 7.x), 78 of 3655 of 7 GiB, none of 6422 of 10 GiB. Where zone Normal is among
the kernel zones it keeps 1/32 of ZONE_MOVABLE for the kernel: 2 to 10 MiB settled on 8 GiB with 3584M to 5120M. The headroom
stated for a full machine reckons with all that still grows; more may be left.

Swap that is no larger than the user memory in kernel zones is full before all of that is in it, and page reclaim by lists then
looks at no anonymous page any more, though what was written still lies in the swap cache: of 512 MiB 120 to 170 were given
back (2 GiB, 6.1, four boots). Headroom counts all of it there; what is stated when full does not.

"""

GIVEN = """## Given arguments

What a kernel could take, in MiB, on the quiet machine and on the full one (the demand included, in the worst boot); and
what zonewise says from the dump of each. The headroom stated for a full machine is what its kernel is sure to get, so that
it may be less than what it got. A fill of 130 % is more than Movable holds: the rest settles in the kernel zones whatever
the kernel, and a demand is met there only as far as swap is free.

"""


def said(name, when, profile, zonewise):
    """Verdict and headroom (now, when full) of a capture, None where there is none."""
    capture = FOLDER / f"{name}-{when}.tar.gz"
    if not capture.exists():
        return None
    words = [zonewise, "advise", str(capture), "--format", "json", *profile_words(profile)]
    answer = subprocess.run(words, text=True, capture_output=True)
    current = json.loads(answer.stdout)["current"]
    return current["verdict"], current["kernelHeadroomBytes"], current.get("kernelHeadroomWhenFullBytes")


def mib(number):
    return "" if number is None else f"{number / MiB:.0f}"


def settings(one):
    """What is not as usual about the trial, in words."""
    words = [f"{setting(path)} {value}" for path, value in one["settings"]]
    words += [f"late: {setting(path)} {value}" for path, value in one["late"]]
    if one["swapBytes"]:
        words.append(f"swap {one['swapBytes'] // MiB} MiB")
    if "swap-on /dev/zram0" in one.get("before", ()):
        words.append("swap on zram")
    if one["tiers"]:
        words.append("two memory tiers")
    if one["fill"] and tuple(one["fill"]) != HOSTS_FILL:
        words.append("fill: " + ", ".join(step for step in one["fill"] if step not in HOSTS_FILL))
    return "; ".join(words)


def setting(path):
    """A setting by its name, with its folder's where many have that name."""
    folder, name = path.split("/")[-2:]
    return f"{folder}/{name}" if name == "enabled" else name


def advised_row(name, one, zonewise):
    verdict, now, full = said(name, "quiet", one["profile"], zonewise) or ("", None, None)
    survived = all(one["survived"])
    false_fine = "**yes**" if verdict == "balanced" and not survived else "no"
    searched = one.get("smallestMiB") and one.get("diesMiB")
    smallest = f"{one['smallestMiB']}M ({one['diesMiB']}M dies)" if searched else ""
    demand = sum(size for _, size in one["demand"])
    return (f"| {one['kernel']} | {one['memory']} | {settings(one)} | {one['profile']} | `{one['arguments']}` | {demand} |"
            f" {verdict} | {mib(now)} | {mib(full)} | {sum(one['survived'])} of {len(one['survived'])} |"
            f" {mib(one['worstBytes']) if survived else 'died'} | {smallest} | {false_fine} |\n")


def given_row(name, one, truths, zonewise):
    quiet = truths.get(f"{name}-quiet")
    _, now, full = said(name, "quiet", one["profile"], zonewise) or ("", None, None)
    _, loaded, _ = said(name, "full", one["profile"], zonewise) or ("", None, None)
    demand = ", ".join(f"{size} MiB of {kind}" for kind, size in one["demand"])
    had = one["worstBytes"] + sum(size for _, size in one["demand"]) * MiB
    return (f"| {one['kernel']} | {one['memory']} | `{one['arguments']}` | {settings(one)} | {demand} |"
            f" {mib(quiet['worstBytes']) if quiet else ''} | {mib(now)} | {mib(full)} |"
            f" {mib(had) if all(one['survived']) else 'died'} | {len(one['survived'])} | {mib(loaded)} |\n")


def write_table(zonewise):
    truths = json.loads((FOLDER / "truth.json").read_text())
    advised = {name: one for name, one in truths.items() if one["neededBytes"]}
    given = {name: one for name, one in truths.items() if name not in advised and one["fill"]}
    rows = [advised_row(name, one, zonewise) for name, one in advised.items()]
    count = sum("**yes**" in row for row in rows)
    PAGE.write_text(
        HEAD + ADVISED
        + "| kernel | GiB | settings | profile | advised | demand | verdict | stated now | stated when full | survived |"
          " took further | smallest | false fine |\n" + "|---" * 13 + "|\n" + "".join(rows)
        + f"\nFalse fine: {count} of {len(rows)}.\n\n" + GIVEN
        + "| kernel | GiB | arguments | settings | demand | quiet: took | quiet: stated now | quiet: stated when full |"
          " full: took | boots | full: stated now |\n" + "|---" * 11 + "|\n"
        + "".join(given_row(name, one, truths, zonewise) for name, one in given.items()))
    print(f"{PAGE}: {len(rows)} advised, {len(given)} given, false fine {count}")
