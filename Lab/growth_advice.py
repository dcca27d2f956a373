"""Whether growth advice holds: the same load on the advised machine and on one that is called unsafe.

Each scenario boots twice. The load is what the general profile expects of that much memory: page tables
of 1/512 and slab of 1/200, both taken as page tables, and 1 GiB of anonymous memory. The advised machine
must carry it; on the machine whose Movable outgrew the kernel zones the OOM killer must come.
"""

import json
import re
from dataclasses import dataclass

from boots import run_all
from machine import GiB, Machine, MiB, Node

UNSAFE = "memhp_default_state=online_movable"


@dataclass(frozen=True)
class Scenario:
    series: str
    boot: int
    devices: tuple

    @property
    def total(self):
        return self.boot + sum(self.devices)

    @property
    def load(self):
        return (self.total // 512 + self.total // 200) // MiB


SIZES = ((512 * MiB, (1536 * MiB, 6 * GiB, 6 * GiB, 7 * GiB)),
         (1 * GiB, (3 * GiB, 15 * GiB, 15 * GiB, 15 * GiB)),
         (2 * GiB, (6 * GiB, 30 * GiB, 30 * GiB, 36 * GiB)))
SCENARIOS = tuple(Scenario(series, boot, devices) for series in ("6.12", "7.x")
                  for boot, devices in SIZES)


def machine(scenario, name, cmdline):
    actions, blocks = [], scenario.boot // (128 * MiB)
    for size in scenario.devices:
        blocks += size // (128 * MiB)
        actions += [f"host dimm {size // MiB}M 0", f"wait-online {blocks}"]
    actions += ["anonymous 1G", f"page-tables {scenario.load}M", "dump after"]
    return Machine(f"advice-{scenario.boot // MiB}-{name}", (Node(scenario.boot),), cmdline,
                   room=sum(scenario.devices) + 8 * GiB, actions=tuple(actions))


def advised(scenario, zonewise):
    """(arguments, verdict of the advised plan, verdict of the unsafe one)."""
    def plan(*options):
        return json.loads(zonewise("plan", "--boot", f"{scenario.boot // MiB}MiB", "--max",
                                   f"{scenario.total // MiB}MiB", "--step",
                                   f"{scenario.devices[0] // MiB}MiB", "--format", "json", *options))
    unsafe = plan("--default-state", "online_movable")
    arguments = unsafe["recommendation"]["arguments"]
    ratio = str(unsafe["recommendation"]["autoMovableRatio"])
    safe = plan("--online-policy", "auto-movable", "--auto-movable-ratio", ratio,
                "--memmap-on-memory", "yes")
    return " ".join(arguments), worst(safe), worst(unsafe)


def worst(plan):
    order = ("balanced", "unknown", "tight", "imbalanced", "impossible")
    return max((step["verdict"] for step in plan["steps"]), key=order.index)


def outcome(done, free_movable):
    """What became of the load: "held", or how it ended."""
    if done.outcome != "boots":
        return f"{done.outcome}: {done.detail}"
    results = (done.dump("after") / "lab/results.tsv").read_text()
    killed = re.findall(r"^(\S+)\tkilled\t(.*)$", results, re.M)
    ended = "; ".join(f"{action} {how}" for action, how in killed) or "held"
    return f"{ended}, {free_movable(done.dump('after')) / GiB:.1f} GiB of Movable free"


def free_movable(root):
    zone = re.search(r"zone\s+Movable\n\s+pages free\s+(\d+)", (root / "proc/zoneinfo").read_text())
    return int(zone[1]) * 4096 if zone else 0


def advice(options, zonewise, fixtures):
    rows, failed = ["kernel\tboot\ttotal\tload\targuments\tadvised\tunsafe"], 0
    for scenario in SCENARIOS:
        name = f"{scenario.series}-{scenario.boot // MiB}"
        if options.only not in name:
            continue
        arguments, safe, unsafe = advised(scenario, zonewise)
        machines = [machine(scenario, "advised", arguments), machine(scenario, "unsafe", UNSAFE)]
        boots = [done for _, _, done in run_all([(scenario.series, one) for one in machines],
                                                jobs=options.jobs)]
        good, bad = (outcome(done, free_movable) for done in boots)
        works = good.startswith("held") and safe == "balanced"
        dies = not bad.startswith("held") and unsafe in ("imbalanced", "impossible")
        failed += not (works and dies)
        rows.append(f"{scenario.series}\t{scenario.boot}\t{scenario.total}\t{scenario.load} MiB\t"
                    f"{arguments}\t{safe}: {good}\t{unsafe}: {bad}")
        print(f"{name:10} load {scenario.load} MiB\n  advised {safe}: {good}\n  "
              f"unsafe {unsafe}: {bad}", flush=True)
    if options.record:
        (fixtures / "advice.tsv").write_text("\n".join(rows) + "\n")
    return 1 if failed else 0
