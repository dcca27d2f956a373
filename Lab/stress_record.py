"""Keeps what Lab/stress.py found as fixtures for the tests: Tests/Fixtures/Stress.

Of each trial that is kept: NAME-quiet.tar.gz and NAME-full.tar.gz, captures of the machine before it was filled and
just before the demand; in truth.json what was done and what came of it; in taken.tsv the figures by themselves.
"""

import json
import re
import shutil
import statistics
import subprocess
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import packs
from machine import GiB
from stress_machines import KEPT

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "Tests" / "Fixtures" / "Stress"
BEYOND_CAPTURE = ("sys/kernel/mm/lru_gen/enabled", "sys/kernel/mm/numa/demotion_enabled")

PROBE = re.compile(r"(?P<trial>.+)-at-(?P<size>\d+)M")
"""How stress_bisect.py names a trial at a size."""


def groups(rows):
    """The boots of each trial, by name; one that only emulation killed is no boot of it."""
    found = {}
    for row in rows:
        if row["outcome"] != "emulation":
            found.setdefault(f"{row['series']}-{row['name']}", []).append(row)
    return {name: alike(boots) for name, boots in found.items()}


def alike(boots):
    """Those that were given what the last one was given: what zonewise advises, and demands, changes with it."""
    def given(row):
        spec = json.loads(row["key"])
        return spec["arguments"], spec["demand"]

    return [row for row in boots if given(row) == given(boots[-1])]


def taken(row):
    """What the kernel still got on top of the demand; nothing where the demand was not met."""
    return row["further-bytes"] if row.get("survived") else 0


def shape(nodes):
    """Memory as people say it: GiB by node."""
    return " + ".join(f"{node['size'] / GiB:g}" + ("" if node["cpus"] else " (no cpus)") for node in nodes)


def truth(boots):
    """What was done in some boots of one trial, and what came of it."""
    first = boots[0]
    spec = json.loads(first["key"])
    figures = [taken(row) for row in boots]
    return {
        "kernel": first["series"], "memory": shape(spec["nodes"]), "arguments": spec["arguments"],
        "profile": Path(spec["profile"]).stem, "before": list(spec.get("before", ())), "fill": spec["fill"],
        "demand": spec["demand"],
        "settings": spec["settings"], "late": spec["late"], "swapBytes": spec["swap"], "tiers": bool(spec.get("qemu")),
        "neededBytes": first.get("needed"),
        "survived": [bool(row.get("survived")) for row in boots], "takenBytes": figures,
        "worstBytes": min(figures), "medianBytes": int(statistics.median(figures)),
        "deaths": sorted({death for row in boots for death in row.get("deaths", [row["detail"]])}),
    }


def sizes(named):
    """Of each trial whose size was searched: MiB of the smallest that survived, and of the largest that died."""
    found = {}
    for name, boots in named.items():
        match = PROBE.fullmatch(name)
        if match:
            survived = all(row.get("survived") for row in boots)
            found.setdefault(match["trial"], {True: [], False: []})[survived].append(int(match["size"]))
    return {trial: {"smallestMiB": min(sizes[True], default=None), "diesMiB": max(sizes[False], default=None)}
            for trial, sizes in found.items()}


def record(rows, only, zonewise):
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / "truth.json"
    truths = json.loads(path.read_text()) if path.exists() else {}
    named = groups(rows)
    searched = sizes(named)
    for name, boots in named.items():
        if name in KEPT and only in name:
            truths[name] = truth(boots) | searched.get(name, {})
            print(f"{name}: {truths[name]['takenBytes']}", flush=True)
            keep_captures(name, boots, zonewise)
    path.write_text(json.dumps(dict(sorted(truths.items())), indent=1) + "\n")
    write_figures(truths)


def keep_captures(name, boots, zonewise):
    """Of the last boot that is still there; what an earlier run kept stays otherwise."""
    folders = [Path(row["folder"]) for row in boots if (Path(row.get("folder", "/none")) / "full/proc/cmdline").exists()]
    filled = json.loads(boots[-1]["key"])["fill"]
    for when in () if not folders else ("quiet", "full") if filled else ("quiet",):
        keep(folders[-1] / when, FOLDER / f"{name}-{when}.tar.gz", zonewise)


def keep(root, target, zonewise):
    """A capture as of when the machine was dumped, with the files that decide where user memory goes and that older captures lack."""
    with tempfile.TemporaryDirectory() as temporary:
        capture, folder = Path(temporary) / "capture.tar.gz", Path(temporary) / "root"
        subprocess.run([zonewise, "capture", str(root), "-o", str(capture)], check=True, capture_output=True)
        packs.unpack(capture, folder)
        entries = list(folder.iterdir())
        top = entries[0] if len(entries) == 1 else folder
        for name in BEYOND_CAPTURE:
            if (root / name).exists() and not (top / name).exists():
                (top / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / name, top / name)
        when = datetime.fromtimestamp((root / "proc/zoneinfo").stat().st_mtime, timezone.utc)
        manifest = top / "zonewise" / "manifest"
        manifest.write_text(re.sub(r"(?m)^taken .*$", f"taken {when:%Y-%m-%dT%H:%M:%SZ}", manifest.read_text()))
        packs.pack(top, target)


def write_figures(truths):
    """taken is what came beside the demand, from the boot of the captures too: the last."""
    columns = ("name", "memory", "arguments", "survived", "anonymous-percent", "demand-bytes",
               "taken-worst-bytes", "taken-median-bytes", "taken-last-bytes", "boots")
    rows = [columns]
    for name, one in sorted(truths.items()):
        rows.append((name, one["memory"], one["arguments"], "yes" if all(one["survived"]) else "no",
                     sum(int(part.split()[1].rstrip("%")) for part in one["fill"] if part.startswith("anonymous")),
                     sum(size for _, size in one["demand"]) << 20,
                     one["worstBytes"], one["medianBytes"], one["takenBytes"][-1], len(one["survived"])))
    (FOLDER / "taken.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))
