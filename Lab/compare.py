"""Compares what zonewise predicts from a boot's log with what the booted kernel says, zone for zone."""

import json
import re
import subprocess

from zoneinfo import page_size, populated_zones


def printed_starts(log, page):
    """The kernel's own "Movable zone start for each node" lines, as {node: pfn}."""
    section = re.search(r"Movable zone start for each node\n((?:.*Node \d+: 0x[0-9a-f]+\n)*)", log)
    if section is None:
        return {}
    return {int(node): int(start, 16) // page
            for node, start in re.findall(r"Node (\d+): (0x[0-9a-f]+)", section[1])}


def predict(zonewise, log):
    """(prediction, None) or (None, why not)."""
    done = subprocess.run([zonewise, "predict", str(log), "--format", "json"],
                          text=True, capture_output=True)
    try:
        return json.loads(done.stdout), None
    except ValueError:
        said = done.stderr.strip().splitlines()[-1:] or ["no output"]
        return None, f"zonewise predict ended with {done.returncode}: {said[0]}"


def differences(root, prediction):
    """What differs between a dumped root and a prediction, as sentences; none is a match."""
    page = page_size(root)
    booted = {(zone.node, zone.name): (zone.start, zone.spanned, zone.present)
              for zone in populated_zones(root)}
    predicted, starts = {}, {}
    for node in prediction["nodes"]:
        if node["movableStartPFN"] is not None:
            starts[node["node"]] = node["movableStartPFN"]
        for zone in node["zones"]:
            predicted[node["node"], zone["name"]] = (
                zone["startPFN"], zone["spannedPages"], zone["presentPages"])
    found = []
    printed = printed_starts((root / "dmesg").read_text(errors="replace"), page)
    if printed != starts:
        found.append(f"Movable starts: kernel {printed}, predicted {starts}")
    for key in sorted(booted.keys() | predicted.keys()):
        if booted.get(key) != predicted.get(key):
            found.append(f"node {key[0]} {key[1]} (start, spanned, present): "
                         f"kernel {booted.get(key)}, predicted {predicted.get(key)}")
    return found


def check(machine, boot, zonewise):
    """("passed", "failed" or "NOT TESTED", detail) of one finished boot."""
    if boot.outcome == "emulation":
        return "NOT TESTED", boot.detail
    if boot.outcome != machine.expect:
        return "failed", f"{boot.outcome}: {boot.detail}"
    if boot.outcome != "boots":
        return "passed", f"{boot.outcome} as expected: {boot.detail}"
    prediction, problem = predict(zonewise, boot.dump() / "dmesg")
    if problem:
        return "failed", problem
    found = differences(boot.dump(), prediction)
    return ("failed", "; ".join(found)) if found else (
        "passed", f"{len(populated_zones(boot.dump()))} zones")
