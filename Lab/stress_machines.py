"""The trials of Lab/stress.py, in one place to read."""

from dataclasses import replace

from machine import GiB, MiB, Node
from stress_trial import OLDEST_FILL, Trial, large

Q35 = "q35"


def memory_only(*sizes, far):
    return (*(Node(size) for size in sizes), Node(far, cpus=0))


TWO_THREE = memory_only(2 * GiB, far=3 * GiB)
FIVE_THREE = memory_only(5 * GiB, far=3 * GiB)
ONE_SIX = memory_only(1 * GiB, far=6 * GiB)
TWO_TWO_THREE = memory_only(2 * GiB, 2 * GiB, far=3 * GiB)


def far(name, nodes, kernelcore, series="6.12", **more):
    return Trial(f"far-{name}-{kernelcore}", series, nodes, f"kernelcore={kernelcore}", chipset=Q35, **more)


FAR = [
    far("2+3", TWO_THREE, "4M"),
    far("2+3", TWO_THREE, "2304M"),
    far("2+3", TWO_THREE, "2560M"),
    replace(far("2+3", TWO_THREE, "4M", swap=1 * GiB), name="far-2+3-4M-swap"),
    far("5+3", FIVE_THREE, "4M"),
    replace(far("5+3", FIVE_THREE, "4M", settings=(("/proc/sys/vm/lowmem_reserve_ratio", "256 6 6 0 0"),)),
            name="far-5+3-4M-ratio-6"),
    far("1+6", ONE_SIX, "4M"),
    far("1+6", ONE_SIX, "2560M"),
    far("2+2+3", TWO_TWO_THREE, "4M"),
    far("2+2+3", TWO_TWO_THREE, "4608M"),
]

DEMOTION = (("/sys/kernel/mm/numa/demotion_enabled", "1"),)


def hmat(target, latency, bandwidth):
    at = f"hmat-lb,initiator=0,target={target},hierarchy=memory,data-type"
    return ("-numa", f"{at}=access-latency,latency={latency}", "-numa", f"{at}=access-bandwidth,bandwidth={bandwidth}")


TIERS = (*hmat(0, 10, "10G"), *hmat(1, 200, "1G"))
"""By which node 1 comes to lie in a lower memory tier than node 0; without, all memory of boot is one tier."""

FAR += [
    replace(far("2+3", TWO_THREE, "4M", settings=DEMOTION), name="far-2+3-4M-demotion-one-tier"),
    replace(far("2+3", TWO_THREE, "4M", settings=DEMOTION, qemu=TIERS), name="far-2+3-4M-demotion-two-tiers",
            chipset="q35,hmat=on"),
]

LRU_GEN = "/sys/kernel/mm/lru_gen/enabled"
RATIO = "/proc/sys/vm/lowmem_reserve_ratio"
MGLRU_ON, MGLRU_OFF = ((LRU_GEN, "y"),), ((LRU_GEN, "n"),)


def ratio(dma32, normal=32):
    """What is kept for the kernel in a zone: its node's higher zones divided by the zone's ratio."""
    return ((RATIO, f"256 {dma32} {normal} 0 0"),)


ONE_THREE = (Node(3 * GiB),)


def one(series, name, settings=(), **more):
    return Trial(f"one-3-892M-{name}", series, ONE_THREE, "kernelcore=892M", settings=settings, **more)


OLD = [
    one("5.10", "classic"),
    one("6.1", "classic"),
    one("6.1", "mglru", MGLRU_ON),
    one("6.12", "mglru"),
    one("6.12", "classic", MGLRU_OFF),
    one("7.x", "mglru"),
    one("7.x", "classic", MGLRU_OFF),
]
RATIOS = [one(series, f"classic-ratio-{number}", off + ratio(number))
          for series, off in (("5.10", ()), ("6.1", ()), ("6.12", MGLRU_OFF), ("7.x", MGLRU_OFF))
          for number in (3, 5, 21)]



def read_first(series, kernelcore, percent):
    """How much was read before programs grow decides which zone's page cache is the oldest then."""
    return Trial(f"one-3-{kernelcore}-classic-read-{percent}%", series, ONE_THREE, f"kernelcore={kernelcore}",
                 fill=(f"cache {percent}%", "anonymous 92%", "cache 60%"))


READ = [read_first("5.10", "1340M", percent) for percent in (100, 150, 180)]
READ += [read_first("5.10", "892M", 100), read_first("6.1", "1340M", 150)]

TWO_EQUAL = (Node(1536 * MiB), Node(1536 * MiB))
FROM_EACH = ("cache 120%", "anonymous 46% 0", "anonymous 46% 1", "cache 60%")


def two(series, kernelcore, name, settings=(), **more):
    return Trial(f"two-1.5+1.5-{kernelcore}-{name}", series, TWO_EQUAL, f"kernelcore={kernelcore}",
                 settings=settings, **more)


TWO = [trial for series, settings in (("6.12", ()), ("5.10", ()), ("7.x", ()))
       for trial in (two(series, "512M", "one-process", settings),
                     two(series, "512M", "each", settings, fill=FROM_EACH))]
TWO += [two("6.12", "512M", "one-process-ratio-5", ratio(5)), two("5.10", "512M", "one-process-ratio-5", ratio(5))]

LEAN = "lean"
"""Lab/lean.yaml: a kernel that has little to do."""


def advised(name, series, nodes, profile="general", **more):
    return Trial(f"advised-{name}-{profile}", series, nodes, "", profile=profile, **more)


ADVISED = [advised("one-3", series, ONE_THREE, profile)
           for profile in ("general", "kubernetes-node", "database-hugepages")
           for series in ("5.10", "6.1", "6.12", "7.x")]
ADVISED += [
    advised("one-3", "6.12", ONE_THREE, LEAN),
    advised("one-3", "7.x", ONE_THREE, LEAN),
    advised("one-3", "5.10", ONE_THREE, LEAN),
    advised("one-2", "6.12", (Node(2 * GiB),), LEAN),
    advised("one-6", "6.12", (Node(6 * GiB),), LEAN),
    advised("two-1.5+1.5", "6.12", TWO_EQUAL, LEAN),
    advised("two-1.5+1.5", "5.10", TWO_EQUAL),
    advised("two-1.5+1.5", "6.12", TWO_EQUAL),
    advised("one-3", "6.12", ONE_THREE, "rdma-hpc"),
    advised("one-3-swap", "5.10", ONE_THREE, swap=1 * GiB),
    advised("one-3-swap", "6.12", ONE_THREE, swap=1 * GiB),
    advised("far-2+3", "6.12", TWO_THREE, chipset=Q35),
    advised("far-5+3", "6.12", FIVE_THREE, chipset=Q35),
    advised("far-2+3", "7.x", TWO_THREE, chipset=Q35),
]

ADVISED += [
    *(advised("one-3-oldest", series, ONE_THREE, profile, fill=OLDEST_FILL)
      for series, profile in (("5.10", "general"), ("5.10", "kubernetes-node"), ("5.10", LEAN), ("6.1", "general"),
                              ("6.1", "kubernetes-node"), ("5.10", "database-hugepages"))),
    advised("two-1.5+1.5", "6.1", TWO_EQUAL),
    advised("two-1.5+1.5", "7.x", TWO_EQUAL),
    advised("two-1.5+1.5-oldest", "5.10", TWO_EQUAL, fill=OLDEST_FILL),
    advised("two-1.5+1.5", "6.12", TWO_EQUAL, "kubernetes-node"),
    advised("two-3+3", "6.12", (Node(3 * GiB), Node(3 * GiB)), "rdma-hpc"),
    advised("two-3+3", "7.x", (Node(3 * GiB), Node(3 * GiB)), "database-hugepages"),
    advised("far-2+3", "5.10", TWO_THREE, chipset=Q35),
    advised("far-2+3", "6.1", TWO_THREE, chipset=Q35),
    advised("far-1+6", "6.12", ONE_SIX, chipset=Q35),
    advised("far-2+2+3", "6.12", TWO_TWO_THREE, chipset=Q35),
    advised("far-2+3-swap", "6.12", TWO_THREE, chipset=Q35, swap=1 * GiB),
    advised("far-2+3", "6.12", TWO_THREE, "kubernetes-node", chipset=Q35),
    advised("one-16", "6.12", (Node(16 * GiB),), LEAN, fill=large(75, 17)),
    advised("one-64", "6.12", (Node(64 * GiB),), LEAN, fill=large(87, 5)),
    advised("one-16", "6.12", (Node(16 * GiB),), fill=large(75, 17)),
]



def nodes(*sizes):
    return tuple(Node(int(size * 1024) * MiB) for size in sizes)


ADVISED += [
    advised("one-4", "6.12", nodes(4)),
    advised("one-4", "5.10", nodes(4), "kubernetes-node"),
    advised("one-4", "6.1", nodes(4), "kvm-host"),
    advised("one-4", "7.x", nodes(4), LEAN),
    advised("one-4", "6.12", nodes(4), "swap-heavy", swap=2 * GiB),
    advised("one-5", "6.12", nodes(5), "rdma-hpc"),
    advised("one-2", "5.10", nodes(2)),
    advised("one-2", "6.1", nodes(2), LEAN),
    advised("one-2", "7.x", nodes(2), "kubernetes-node"),
    advised("one-2-swap", "6.1", nodes(2), "kubernetes-node", swap=512 * MiB),
    advised("one-3", "7.x", nodes(3), "file-mmap-heavy"),
    advised("one-3-swap", "6.1", nodes(3), "in-memory-cache", swap=1 * GiB),
    advised("two-2+1", "6.12", nodes(2, 1)),
    advised("two-1+2", "6.12", nodes(1, 2), "kubernetes-node"),
    advised("two-1+3", "5.10", nodes(1, 3)),
    advised("two-2+2", "6.1", nodes(2, 2), LEAN),
    advised("two-2+2", "7.x", nodes(2, 2), LEAN),
    advised("three-1+1+1", "6.12", nodes(1, 1, 1)),
    advised("three-1+1+1", "5.10", nodes(1, 1, 1)),
    advised("far-2+4", "6.12", memory_only(2 * GiB, far=4 * GiB), "kubernetes-node", chipset=Q35),
    advised("far-3+1", "6.12", memory_only(3 * GiB, far=1 * GiB), chipset=Q35),
    advised("far-1+1+2", "7.x", memory_only(1 * GiB, 1 * GiB, far=2 * GiB), chipset=Q35),
    advised("far-5+3", "7.x", FIVE_THREE, chipset=Q35),
    advised("far-1+6", "7.x", ONE_SIX, LEAN, chipset=Q35),
]


def filled(size, kernelcore, name="", series="6.12", **more):
    """One node whose generations are filled: kernel zones with and without zone Normal."""
    return Trial(f"one-{size}-{kernelcore}{name}", series, nodes(size), f"kernelcore={kernelcore}",
                 demand=(("page-tables", 160),), **more)


GENERATIONS = [
    *(filled(size, "2944M", series=series) for size in (5, 6, 7) for series in ("6.12", "7.x")),
    *(filled(size, "2944M", "-oldest", fill=OLDEST_FILL) for size in (5, 6)),
    filled(6, "3100M"), filled(8, "3584M"),
]

ONE_TWO = (Node(2 * GiB, cpus=2),)
MIN_FREE, SCALE = "/proc/sys/vm/min_free_kbytes", "/proc/sys/vm/watermark_scale_factor"
THP = "/sys/kernel/mm/transparent_hugepage/enabled"


def kind(name, series="6.12", demand=(), **more):
    return Trial(f"kind-{name}", series, ONE_TWO, "kernelcore=512M", demand=demand, **more)


def zram(size):
    return ("write /sys/block/zram0/disksize " + size, "swap-on /dev/zram0")


KINDS = [
    *(kind(name, demand=((name, 150),)) for name in
      ("page-tables", "sockets", "socket-buffers", "files", "dentries", "cgroups", "pipes")),
    kind("tasks", demand=(("tasks", 20),)),
    kind("tmpfs", fill=("cache 120%", "tmpfs 92%", "cache 60%"), demand=(("page-tables", 150),)),
    kind("ksm", fill=("cache 120%", "ksm 60%", "cache 60%"), demand=(("page-tables", 150),)),
    kind("thp-never", settings=((THP, "never"),), demand=(("page-tables", 150),)),
    kind("zram", modules=("zram",), before=zram("1G"), fill=("cache 120%", "anonymous 130%", "cache 60%"),
         demand=(("page-tables", 150),)),
    kind("zswap", "7.x", swap=1 * GiB, settings=(("/sys/module/zswap/parameters/enabled", "Y"),),
         fill=("cache 120%", "anonymous 130%", "cache 60%"), demand=(("page-tables", 150),)),
    kind("swap", swap=1 * GiB, fill=("cache 120%", "anonymous 130%", "cache 60%"), demand=(("page-tables", 150),)),
    kind("min-free-at-boot", settings=((MIN_FREE, "131072"),), demand=(("page-tables", 150),)),
    kind("min-free-late", late=((MIN_FREE, "131072"),), demand=(("page-tables", 150),)),
    kind("min-free-late-all", late=((MIN_FREE, "1048576"),), demand=(("page-tables", 20),)),
    kind("scale-at-boot", settings=((SCALE, "1000"),), demand=(("page-tables", 150),)),
    kind("scale-late", late=((SCALE, "1000"),), demand=(("page-tables", 150),)),
]

KINDS += [Trial(f"kind-let-go-{cpus}-cpus", "6.12", (Node(3 * GiB, cpus=cpus),), "kernelcore=892M",
                settings=MGLRU_OFF, after=("let-go",)) for cpus in (1, 4)]

SEVEN = (Node(7 * GiB),)
TWO_GIGANTIC = "write /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages 2"
GIGANTIC = [Trial(f"gigantic-{size}M", series, SEVEN, f"kernelcore={size}M", fill=(),
                  before=("gibs", TWO_GIGANTIC))
            for series, size in (("6.12", 3708), ("6.12", 4300), ("6.12", 5400), ("5.10", 5400), ("7.x", 5400))]
GIGANTIC += [replace(trial, name=trial.name + "-q35", chipset=Q35) for trial in GIGANTIC[:3]]
GIGANTIC.append(Trial("gigantic-5400M-full", "6.12", SEVEN, "kernelcore=5400M", chipset=Q35,
                      late=(tuple(TWO_GIGANTIC.split()[1:]),)))

TRIALS = [*FAR, *OLD, *RATIOS, *READ, *TWO]
TRIALS += [replace(trial, name=trial.name + "-quiet", fill=()) for trial in TRIALS
           if trial.settings in ((), MGLRU_OFF, MGLRU_ON) and trial not in READ]
TRIALS += [*KINDS, *GIGANTIC, *GENERATIONS]

KEPT = {f"{trial.series}-{trial.name}" for trial in (*TRIALS, *ADVISED)}
"""Whose captures are fixtures."""
