"""Hot-adds memory to booted kernels and compares every block's zone with what zonewise plans.

    python3 Lab/growth.py sequences [--only NAME] [--jobs N] [--record]   zones and descriptors
    python3 Lab/growth.py limits [--only NAME] [--record]                 the first size that fails
    python3 Lab/growth.py baseline [--record]                             what kernels take at boot
    python3 Lab/growth.py advice [--only NAME] [--record]                 whether the advice holds

--record keeps what was seen under Tests/Fixtures/Growth/, from where the tests read it.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import growth_advice
import growth_sequences
import host_actions
import packs
from boot import boot
from boots import run_all
from fixture import CONFIG_LINES, copy_root, write
from growth_host import add_virtio_mem
from kernels import CACHE, kernel
from machine import GiB, Machine, MiB, Node
from zoneinfo import populated_zones

host_actions.REQUESTS["virtio-mem"] = add_virtio_mem

REPOSITORY = Path(__file__).resolve().parent.parent
FIXTURES = REPOSITORY / "Tests" / "Fixtures" / "Growth"


def zonewise(*arguments):
    done = subprocess.run([zonewise.program, *map(str, arguments)], text=True, capture_output=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"zonewise {' '.join(map(str, arguments))}: {done.stderr.strip()}")
    return done.stdout


zonewise.program = REPOSITORY / ".build" / "debug" / "zonewise"


def blocks(root):
    """{number: zone, "offline" or "several"} of a dumped root."""
    found = {}
    for folder in (root / "sys/devices/system/memory").glob("memory[0-9]*"):
        state = (folder / "state").read_text().strip()
        zones = (folder / "valid_zones").read_text().split()
        zone = zones[0] if state == "online" and len(zones) == 1 else "several"
        found[int(folder.name[6:])] = zone if state == "online" else "offline"
    return found


def unmanaged(root):
    """Pages that are present and that the page allocator does not have."""
    return sum(zone.present - zone.managed for zone in populated_zones(root))


def added_blocks(boot):
    before = blocks(boot.dump("before"))
    return [zone for number, zone in sorted(blocks(boot.dump("after")).items())
            if number not in before]


def plan(source, devices):
    adds = [word for kind, size, node in devices
            for word in ("--add", f"{kind}:{size // MiB}MiB@{node}")]
    return json.loads(zonewise("plan", source, *adds, "--format", "json"))


def planned_blocks(answer):
    return [run["zone"] or "offline" for step in answer["steps"] for run in step["blocks"]
            for _ in range(run["count"])]


def runs(zones):
    """Zone names as "48×Movable 1×Normal"."""
    words, count = [], 0
    for zone, following in zip(zones, [*zones[1:], None]):
        count += 1
        if zone != following:
            words.append(f"{count}×{zone}")
            count = 0
    return " ".join(words)


def root_of(name, used, done):
    """The dump before anything was added, with the memory part of the kernel's config."""
    folder = CACHE / "growth" / name
    shutil.rmtree(folder, ignore_errors=True)
    copy_root(done.dump("before"), folder)
    options = [line for line in used.config.read_text().splitlines() if CONFIG_LINES.search(line)]
    write(folder / "boot" / f"config-{used.release}", "\n".join(options) + "\n")
    return folder


def check(name, sequence, used, done):
    """(differences, the root before, what the kernel did)."""
    if done.outcome != "boots":
        return [f"{done.outcome}: {done.detail}"], None, None
    root = root_of(name, used, done)
    answer = plan(root, sequence.devices)
    seen, expected = added_blocks(done), planned_blocks(answer)
    problems = []
    if seen != expected:
        problems.append(f"zones: kernel {runs(seen)}, planned {runs(expected)}")
    held = unmanaged(done.dump("after")) - unmanaged(done.dump("before"))
    promised = sum(step["memmapBytes"] + step["wastedBytes"] for step in answer["steps"]
                   if step["memmapPaidBy"] == "device") // 4096
    if held != promised:
        problems.append(f"descriptors on the device: kernel {held} pages, planned {promised}")
    return problems, root, (seen, held)


def sequences(options):
    pairs = [(series, sequence.machine) for series, sequence in growth_sequences.ALL]
    by_name = {(series, sequence.machine.name): sequence
               for series, sequence in growth_sequences.ALL}
    failed = passed = 0
    for machine, used, done in run_all(pairs, "", options.only, options.jobs):
        sequence = by_name[used.series, machine.name]
        name = f"{used.series}-{machine.name}"
        problems, root, seen = check(name, sequence, used, done)
        print(f"{name:44} {'; '.join(problems) or 'agrees: ' + runs(seen[0])}", flush=True)
        failed += bool(problems)
        passed += not problems
        if options.record and seen:
            record(name, root, sequence, seen)
    print(f"{passed} agree, {failed} differ")
    return 1 if failed else 0


def record(name, root, sequence, seen):
    """The machine before it grew goes into its series' Growth/<kernel>.tar, what happened into the .pack."""
    series = name.partition("-")[0]
    with packs.opened(FIXTURES / f"{series}.tar") as hosts:
        target = hosts / f"{name}.tar.gz"
        target.unlink(missing_ok=True)
        zonewise("capture", root, "-o", target)
        target.chmod(0o644)
    adds = " ".join(f"{kind}:{size // MiB}MiB@{node}" for kind, size, node in sequence.devices)
    with packs.opened(FIXTURES / f"{series}.pack") as tables:
        (tables / f"{name}.tsv").write_text(
            f"add\t{adds}\nblocks\t{runs(seen[0])}\nheldPages\t{seen[1]}\n")


# The first size that fails.

LIMITS = [(series, size) for series in ("5.10", "6.1", "6.12", "7.x")
          for size in (512 * MiB, 1 * GiB, 2 * GiB)]


def survives(series, boot_size, addition):
    """Whether all blocks of a DIMM come online as Movable."""
    wanted = (boot_size + addition) // (128 * MiB)
    # No block appears before the descriptors of the whole module are written, and each comes online on
    # its own: a module that is only slow must not pass for one that failed.
    waits = (f"wait-online {wanted}",) * (3 + addition // (20 * GiB))
    machine = Machine(f"limit-{boot_size // MiB}-{addition // MiB}", (Node(boot_size),),
                      "memhp_default_state=online_movable", room=addition + 4 * GiB,
                      actions=(f"host dimm {addition // MiB}M 0", *waits, "dump after"))
    done = boot(machine, kernel(series))
    if done.outcome != "boots":
        return False, f"{done.outcome}: {done.detail}"
    online = sum(zone != "offline" for zone in blocks(done.dump("after")).values())
    return online == wanted, f"{online} of {wanted} blocks online"


def limit(series, boot_size, planned):
    """(works, fails, why) in bytes of the total, from 20 percent below the planned limit upwards."""
    step = max(256 * MiB, (planned - boot_size) // 256 // (256 * MiB) * 256 * MiB)
    low = (planned - boot_size) * 4 // 5 // step * step
    high = (planned - boot_size) * 6 // 5 // step * step
    why = ""
    works, detail = survives(series, boot_size, high)
    if works:
        return boot_size + high, None, "not within 20 percent"
    why = detail
    while high - low > step:
        middle = (low + high) // 2 // step * step
        works, detail = survives(series, boot_size, middle)
        if works:
            low = middle
        else:
            high, why = middle, detail
    return boot_size + low, boot_size + high, why


def limits(options):
    rows, failed = ["kernel\tboot\tplanned\tworks\tfails\twhy"], 0
    for series, size in LIMITS:
        if options.only not in f"{series}-{size // MiB}":
            continue
        answer = json.loads(zonewise("plan", "--boot", f"{size // MiB}MiB", "--max", "512GiB",
                                     "--default-state", "online_movable", "--format", "json"))
        planned = answer["physicalLimitBytes"]
        works, fails, why = limit(series, size, planned)
        good = fails is not None and abs(planned - fails) * 10 <= fails
        failed += not good
        rows.append(f"{series}\t{size}\t{planned}\t{works}\t{fails}\t{why}")
        print(f"{series:5} boot {size // MiB:5} MiB: planned {planned / GiB:.2f} GiB, works "
              f"{works / GiB:.2f}, fails {(fails or 0) / GiB:.2f} GiB: {why}", flush=True)
    if options.record:
        (FIXTURES / "limits.tsv").write_text("\n".join(rows) + "\n")
    return 1 if failed else 0


# What kernels take at boot.

def kernel_zones(root):
    """(present, managed, free with the per-cpu lists) in pages, over the kernel zones."""
    present = managed = free = 0
    text = (root / "proc/zoneinfo").read_text()
    for record_ in re.split(r"(?=^Node \d+, zone)", text, flags=re.M):
        head = re.match(r"Node \d+, zone\s+(DMA|DMA32|Normal)\s", record_)
        found = dict(re.findall(r"^\s+(present|managed)\s+(\d+)", record_, re.M))
        if not head or not int(found.get("present", 0)):
            continue
        present += int(found["present"])
        managed += int(found["managed"])
        free += int(re.search(r"pages free\s+(\d+)", record_)[1])
        free += sum(map(int, re.findall(r"^\s+count:\s+(\d+)", record_, re.M)))
    return present, managed, free


def baseline(options):
    pairs = [(series, Machine(f"baseline-{size // MiB}", (Node(size),), "", room=8 * GiB,
                              actions=("dump before",)))
             for series, size in LIMITS]
    rows = ["kernel\tboot\tpresentPages\tmanagedPages\tfreePages"]
    for machine, used, done in run_all(pairs, "", options.only, options.jobs):
        present, managed, free = kernel_zones(done.dump("before"))
        rows.append(f"{used.series}\t{machine.memory}\t{present}\t{managed}\t{free}")
        print(rows[-1], flush=True)
    if options.record:
        (FIXTURES / "baseline.tsv").write_text("\n".join(rows) + "\n")
    return 0


def main():
    parser = argparse.ArgumentParser(prog="growth.py", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("sequences", "limits", "baseline", "advice"))
    parser.add_argument("--only", default="", help="sequences whose name has this in it")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2))
    parser.add_argument("--record", action="store_true", help="keep what was seen as fixtures")
    parser.add_argument("--zonewise", type=Path, default=zonewise.program, help="the executable")
    options = parser.parse_args()
    zonewise.program = options.zonewise.resolve()
    FIXTURES.mkdir(parents=True, exist_ok=True)
    if options.what == "advice":
        return growth_advice.advice(options, zonewise, FIXTURES)
    return {"sequences": sequences, "limits": limits, "baseline": baseline}[options.what](options)


if __name__ == "__main__":
    sys.exit(main())
