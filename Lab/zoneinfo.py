"""Reads the zones of a dumped root; on purpose independent of zonewise's own reading."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Zone:
    """One populated zone as /proc/zoneinfo gives it, all in pages."""

    node: int
    name: str
    start: int
    spanned: int
    present: int
    managed: int


def populated_zones(root):
    return parse((root / "proc" / "zoneinfo").read_text())


def parse(text):
    zones = []
    for record in re.split(r"^(?=Node \d+, zone)", text, flags=re.M):
        header = re.match(r"Node (\d+), zone +(\w+)", record)
        if header is None:
            continue
        numbers = dict(re.findall(r"^ +(spanned|present|managed|start_pfn):? +(\d+)$", record, re.M))
        if int(numbers["present"]) > 0:
            zones.append(Zone(int(header[1]), header[2], int(numbers["start_pfn"]),
                              int(numbers["spanned"]), int(numbers["present"]),
                              int(numbers["managed"])))
    return zones


def boot_facts(root):
    """Facts beside the zones: units, and what the kernel booted with."""
    buddy = (root / "proc" / "buddyinfo").read_text().splitlines()[0]
    block = root / "sys/devices/system/memory/block_size_bytes"
    facts = {
        "cmdline": (root / "proc" / "cmdline").read_text().strip(),
        "page_size": page_size(root),
        "buddy_columns": len(buddy.split("zone")[1].split()) - 1,
    }
    if block.exists():  # kernels without memory hot-plug have no blocks
        facts["block_size_bytes"] = int(block.read_text(), 16)
    return facts


def page_size(root):
    """MemTotal (kB) over the managed pages that it is the sum of."""
    kilobytes = int(re.search(r"MemTotal: +(\d+) kB",
                              (root / "proc" / "meminfo").read_text())[1])
    pages = sum(zone.managed for zone in populated_zones(root))
    return 1 << (round(kilobytes * 1024 / pages).bit_length() - 1)
