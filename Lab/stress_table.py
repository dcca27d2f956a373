"""Writes Documentation/load.md from the trials that Tests/Fixtures/Stress has, and what zonewise says of each now."""

import json
import subprocess

from stress_record import FOLDER, REPOSITORY

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

"""

GIVEN = """## Given arguments

What a kernel could take, in MiB, on the quiet machine and on the full one; and what zonewise says from the dump of each.

"""


def said(name, when, profile, zonewise):
    """Verdict and headroom (now, when full) of a capture, None where there is none."""
    capture = FOLDER / f"{name}-{when}.tar.gz"
    if not capture.exists():
        return None
    words = [zonewise, "advise", str(capture), "--format", "json"]
    if profile != "lean":
        words += ["--profile", profile]
    answer = subprocess.run(words, text=True, capture_output=True)
    current = json.loads(answer.stdout)["current"]
    return current["verdict"], current["kernelHeadroomBytes"], current.get("kernelHeadroomWhenFullBytes")


def mib(number):
    return "" if number is None else f"{number / MiB:.0f}"


def settings(one):
    words = [f"{path.rsplit('/', 1)[1]} {value}" for path, value in (*one["settings"], *one["late"])]
    if one["swapBytes"]:
        words.append(f"swap {one['swapBytes'] // MiB} MiB")
    return ", ".join(words)


def advised_row(name, one, zonewise):
    verdict, now, full = said(name, "quiet", one["profile"], zonewise) or ("", None, None)
    survived = all(one["survived"])
    false_fine = "**yes**" if verdict == "balanced" and not survived else "no"
    smallest = f"{one['smallestMiB']}M" if one.get("smallestMiB") else ""
    demand = sum(size for _, size in one["demand"])
    return (f"| {one['kernel']} | {one['memory']} | {settings(one)} | {one['profile']} | `{one['arguments']}` | {demand} |"
            f" {verdict} | {mib(now)} | {mib(full)} | {sum(one['survived'])} of {len(one['survived'])} |"
            f" {mib(one['worstBytes']) if survived else 'died'} | {smallest} | {false_fine} |\n")


def given_row(name, one, truths, zonewise):
    quiet = truths.get(f"{name}-quiet")
    _, now, full = said(name, "quiet", one["profile"], zonewise) or ("", None, None)
    _, loaded, _ = said(name, "full", one["profile"], zonewise) or ("", None, None)
    demand = ", ".join(f"{size} MiB of {kind}" for kind, size in one["demand"])
    return (f"| {one['kernel']} | {one['memory']} | `{one['arguments']}` | {settings(one)} | {demand} |"
            f" {mib(quiet['worstBytes']) if quiet else ''} | {mib(now)} | {mib(full)} |"
            f" {mib(one['worstBytes']) if all(one['survived']) else 'died'} | {len(one['survived'])} | {mib(loaded)} |\n")


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
