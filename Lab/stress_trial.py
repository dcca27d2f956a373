"""One trial of Lab/stress.py: a machine, how full it is, what is then asked of its kernel, and what came of it."""

import json
import re
import subprocess
from dataclasses import asdict, dataclass

from boot import boot
from kernels import CACHE, Unavailable
from machine import GiB, Machine

DRIVERS = ("virtio_pci", "virtio_blk")

IMAGE = CACHE / "stress-data.img"
"""An ext4 file system with one file of holes, larger than any guest; it is never written."""

HOSTS_FILL = ("cache 120%", "anonymous 92%", "cache 60%")
"""As on hosts in use: files were read until memory was full, then programs grew, and files are read on.

Shares of all memory for the cache, of Movable for anonymous memory."""

OLDEST_FILL = ("cache oldest", "anonymous 92%", "cache 60%")
"""The same, but so much was read first that the kernel zones' page cache is the oldest when programs grow: the two lists
evict it first, so that of all amounts this one leaves a kernel without the multi-generational LRU least."""


def large(huge, rest):
    """For guests that are larger than their host: huge pages that nothing writes to stand for most of user memory."""
    return (f"huge {huge}", "cache 12G", f"anonymous {rest}%", "cache 6G")


@dataclass(frozen=True)
class Trial:
    """`arguments` are the kernel's, without which kernelcore= and movablecore= are those that zonewise advises.

    `settings` are (path, value) written before the fill, `late` the same after it. `demand` is a list
    of (kind, MiB), for guest/stress.c; what could be had on top of it is found with page tables.
    """

    name: str
    series: str
    nodes: tuple
    arguments: str
    profile: str = "general"
    fill: tuple = HOSTS_FILL
    demand: tuple = ()
    settings: tuple = ()
    late: tuple = ()
    swap: int = 0
    chipset: str = "pc"
    modules: tuple = ()
    before: tuple = ()
    files: tuple = ()
    qemu: tuple = ()
    after: tuple = ()

    def key(self, number):
        fields = {name: value for name, value in asdict(self).items() if value or name != "after"}
        return json.dumps({**fields, "number": number}, sort_keys=True)

    @property
    def memory(self):
        return sum(node.size for node in self.nodes)

    def machine(self, number):
        return Machine(f"stress-{self.name}-{number}", self.nodes, f"{self.arguments} nokaslr".strip(),
                       chipset=self.chipset, modules=(*DRIVERS, *self.modules), files=self.files,
                       actions=tuple(self.actions()), extra=(*self.disks(), *self.qemu))

    def disks(self):
        yield from disk("data", image(), ",read-only=on")
        if self.swap:
            yield from disk("swap", swap_file(self.swap), "")

    def swap_on(self):
        yield "wait-path /dev/vda"
        if self.swap:
            yield "swap-on /dev/vdb"

    def actions(self):
        yield from self.swap_on()
        for path, value in self.settings:
            yield f"write {path} {value}"
        yield "dump quiet"
        yield "mount-data /dev/vda"
        yield from self.before
        for step in self.fill:
            kind, size = step.split(maxsplit=1)
            if kind == "huge":
                yield f"take-huge {size}"
            elif kind == "cache":
                size = self.memory * int(size.rstrip("%")) // 100 if size.endswith("%") else size
                yield f"fill-cache {size}"
            else:
                yield f"take {step}"
        yield "dump full"
        for path, value in self.late:
            yield f"write {path} {value}"
        for kind, size in self.demand:
            yield f"take {kind} {size}M"
        yield from self.after
        yield "look met"
        yield "page-tables-until-oom"
        yield "dump root"


def disk(name, path, more):
    yield from ("-blockdev", f"driver=raw,node-name={name},file.driver=file,file.filename={path}"
                             f",file.locking=off{more}",
                "-device", f"virtio-blk-pci,drive={name}")


def image():
    if not IMAGE.exists():
        content = CACHE / "stress-data"
        content.mkdir(parents=True, exist_ok=True)
        with open(content / "sparse", "w") as sparse:
            sparse.truncate(256 * GiB)
        fresh = IMAGE.with_suffix(".new")
        try:
            subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-O", "^has_journal", "-d", content, fresh, "32M"],
                           check=True, capture_output=True)
        except FileNotFoundError:
            raise Unavailable("mke2fs is not installed: apt-get install e2fsprogs") from None
        fresh.rename(IMAGE)
    return IMAGE


def swap_file(size):
    path = CACHE / f"stress-swap-{size >> 20}.img"
    with open(path, "w") as file:
        file.truncate(size)
    return path


COUNTS = ("free", "min", "low", "high", "managed", "nr_free_pages", "nr_zone_inactive_anon", "nr_zone_active_anon",
          "nr_zone_inactive_file", "nr_zone_active_file", "nr_zone_unevictable")


def zones(folder):
    """Of each populated zone what a trial is judged by, in MiB; on the per-cpu lists, and the protection too."""
    text = (folder / "proc" / "zoneinfo").read_text()
    found = []
    for part in re.split(r"^(?=Node \d+, zone)", text, flags=re.M)[1:]:
        node, name = re.match(r"Node (\d+), zone +(\w+)", part).groups()
        counts = {}
        for field in COUNTS:
            match = re.search(rf"^ +(?:pages )?{field} +(\d+)$", part, re.M)
            if match:
                counts[field.removeprefix("nr_zone_")] = round(int(match[1]) / 256, 1)
        if not counts.get("managed"):
            continue
        counts.pop("nr_free_pages", None)
        counts["pcp"] = round(sum(map(int, re.findall(r"^ +count: +(\d+)$", part, re.M))) / 256, 1)
        protection = re.search(r"protection: \((.*)\)", part)[1]
        counts["protection"] = [round(int(number) / 256, 1) for number in protection.split(",")]
        found.append({"node": int(node), "zone": name, **counts})
    return found


def run(trial, kernel, number):
    """What came of it, as a value for JSON."""
    booted = boot(trial.machine(number), kernel)
    outcome = {"outcome": booted.outcome, "detail": booted.detail}
    if booted.outcome != "boots":
        return outcome
    rows = [line.split("\t") for line in (booted.dump() / "lab" / "results.tsv").read_text().splitlines()]
    took = [(kind, text) for action, kind, text in rows if action == "take"]
    other = {f"{action} {key}": text for action, key, text in rows if action not in ("take", "page-tables-until-oom")}
    grown = {key: text for action, key, text in rows if action == "page-tables-until-oom"}
    deaths = [f"{kind}: {text}" for kind, text in took if not text.endswith(" 0 kills")]
    outcome |= {
        "survived": not deaths,
        "deaths": deaths,
        "took": [f"{kind}: {text}" for kind, text in took],
        "further-bytes": int(grown["taken-bytes"]),
        "further-ended": grown["ended"],
        "other": other,
        "kills": oom_lines(booted),
        "when-it-came": oom_zones(booted),
        "zones": {name: zones(booted.dump(name)) for name in ("quiet", "full", "met", "root")},
        "folder": str(booted.folder),
    }
    return outcome


def oom_lines(booted):
    """Who asked for what when the OOM killer came, and who died of it."""
    log = (booted.dump() / "dmesg").read_text(errors="replace")
    return [re.sub(r"^\[[^]]*\]\s*", "", line)[:200] for line in log.splitlines()
            if re.search(r"invoked oom-killer|Out of memory: Killed", line)][:8]


OOM_ZONE = re.compile(r"Node (\d+) (DMA|DMA32|Normal|Movable) free:(.*)")


def oom_zones(booted):
    """The zones in the OOM killer's last report, in MiB."""
    log = (booted.dump() / "dmesg").read_text(errors="replace")
    last = log[log.rfind("Mem-Info:"):]
    found = []
    for node, zone, rest in OOM_ZONE.findall(last):
        counts = {key: round(int(number) / 1024, 1) for key, number in re.findall(r"(\w+):(\d+)kB", "free:" + rest)}
        found.append({"node": int(node), "zone": zone,
                      **{key: number for key, number in counts.items() if number or key in ("free", "min")}})
    return found
