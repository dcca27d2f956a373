"""Machines that have a risk which one of the rules is about, and those that just don't.

Apart from machines.py because of their number: RISKS are looked at once, RISK_PROOFS before and after
something is done to them.
"""

from arches import PC_CPU
from machine import GiB, Machine, MiB, Node
from machines import NODE_1_ABOVE_4G, ONE_2G, TWO_4G, TWO_SMALL, proof

TWO_MEMORY_ONLY = (Node(1 * GiB), Node(1 * GiB, cpus=0))
ROOM_ON_NODE_1 = (Node(2 * GiB), Node(0, cpus=0))
ONE_1G = (Node(1 * GiB),)
ONE_8G = (Node(8 * GiB),)

# Little memory below 4 GiB, so that a small kernelcore= can be had on a large machine.
LOW_256M = "pc,max-ram-below-4g=256M"
LOW_512M = "pc,max-ram-below-4g=512M"


def root(name, *actions, nodes=TWO_SMALL, cmdline="", **extras):
    return Machine(name, nodes, cmdline, actions=(*actions, "dump root"), **extras)


def hot_added(name, *actions, cmdline, size="1G", nodes=ONE_2G, node=0, wait="wait-online", **extras):
    """A module plugged in; its blocks begin at memory32, at 4 GiB."""
    boot = sum(part.size for part in nodes) // (128 * MiB)
    blocks = boot + int(size[:-1]) * 8
    return root(name, f"host dimm {size} {node}", f"{wait} {blocks}", *actions, nodes=nodes,
                cmdline=cmdline, room=16 * GiB, **extras)


# Command lines: what the kernel made of them.
ARGUMENTS = (
    ("7.x", root("size-with-fraction", cmdline="kernelcore=1.5G")),
    ("6.1", root("size-in-bytes", cmdline="movablecore=512 kernelcore=1G")),
    ("6.12", root("movablecore-of-all-memory", nodes=ONE_1G, cmdline="movablecore=100%")),
    ("6.1", root("movable-node-and-size", cmdline="movable_node kernelcore=1G")),
    ("7.x", root("misspelt-arguments", cmdline="movable_core=1G online_policy=auto-movable")),
    # No Debian kernel is built with CONFIG_PAGE_OWNER.
    ("7.x-generic", root("page-owner-not-built", cmdline="page_owner=on kernelcore=600M")),
    ("5.10", root("hotplug-arguments-too-new",
                  cmdline="memory_hotplug.online_policy=auto-movable "
                          "memory_hotplug.memmap_on_memory=1")),
    ("7.x", root("hotplug-arguments", cmdline="memory_hotplug.online_policy=auto-movable "
                                              "memory_hotplug.memmap_on_memory=1")),
)

GIGANTIC = "/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages"

# Gigantic pages that don't lie in kernel zones.
GIGANTIC_ELSEWHERE = (
    ("7.x", root("gigantic-at-boot", nodes=TWO_4G,
                 cmdline="kernelcore=5G hugepagesz=1G hugepages=2")),
    ("7.x", root("gigantic-in-cma", f"write {GIGANTIC} 1", nodes=TWO_4G,
                 cmdline="kernelcore=5G hugetlb_cma=1G")),
    ("7.x", root("gigantic-in-movable", "write /proc/sys/vm/movable_gigantic_pages 1",
                 f"write {GIGANTIC} 1", nodes=TWO_4G, cmdline="kernelcore=3G")),
)

# Too little kernel memory for the Movable beside it.
RATIOS = (
    ("7.x", root("mostly-movable", nodes=(Node(6 * GiB), Node(2 * GiB)), chipset=LOW_512M,
                 cmdline="kernelcore=700M")),
    ("7.x", root("metadata-bound", nodes=(Node(64 * GiB),), chipset=LOW_256M,
                 cmdline="kernelcore=200M")),
    ("7.x", root("cma-512M-beside-movable", cmdline="cma=512M kernelcore=1G")),
    ("7.x", root("cma-16M", cmdline="cma=16M")),
    ("7.x", root("hugetlb-cma", nodes=TWO_4G, cmdline="hugetlb_cma=1G")),
    ("7.x", root("memory-only-node", nodes=TWO_MEMORY_ONLY)),
)

RULE_FILE = "etc/udev/rules.d/40-memory.rules"
UDEV = ('# Memory hot-add\n'
        'SUBSYSTEM=="memory", ACTION=="add", ATTR{{state}}=="offline", ATTR{{state}}="{0}"\n')
PARAMETERS = "/sys/module/memory_hotplug/parameters"
AUTO = "memhp_default_state=online memory_hotplug.online_policy=auto-movable"

HOT_PLUG = (
    ("7.x", hot_added("auto-movable-ratio-3", nodes=ONE_2G,
                      cmdline=f"{AUTO} memory_hotplug.auto_movable_ratio=3")),
    ("7.x", hot_added("auto-movable-ratio-9900", nodes=ONE_1G, size="4G",
                      cmdline=f"{AUTO} memory_hotplug.auto_movable_ratio=9900")),
    ("7.x", hot_added("auto-movable-memory-only-node", nodes=ROOM_ON_NODE_1, node=1,
                      cmdline=AUTO)),
    ("7.x", hot_added("auto-movable-not-numa-aware", nodes=ROOM_ON_NODE_1, node=1,
                      cmdline=f"{AUTO} memory_hotplug.auto_movable_numa_aware=0")),
    # The module lies above the second node's memory, and is the first one's.
    ("7.x", hot_added("late-kernel-memory", nodes=TWO_4G,
                      cmdline="memhp_default_state=online_kernel")),
    ("7.x", hot_added("policy-written-later", f"write {PARAMETERS}/online_policy contig-zones",
                      cmdline=AUTO)),
    ("7.x", hot_added("onlined-by-hand", "blocks online_movable 32 63", nodes=ONE_1G, size="4G",
                      wait="wait-present",
                      cmdline="memhp_default_state=offline "
                              "memory_hotplug.online_policy=auto-movable")),
    ("6.1", hot_added("udev-against-kernel", "blocks online 32 39",
                      cmdline="memhp_default_state=online_movable",
                      files=((RULE_FILE, UDEV.format("online")),))),
    ("6.1", hot_added("udev-onlines-alone", "blocks online 32 39", wait="wait-present",
                      cmdline="memhp_default_state=offline",
                      files=((RULE_FILE, UDEV.format("online")),))),
    ("7.x", hot_added("described-on-itself", "blocks offline 40 40", "blocks online_movable 40 40",
                      nodes=ONE_1G, size="8G",
                      cmdline="memhp_default_state=online_movable "
                              "memory_hotplug.memmap_on_memory=1")),
)

# Up to 6.13 rxe asks the crypto API for its checksum.
RXE = {"modules": ("crc32_generic", "rdma_rxe", "ib_uverbs")}
VFIO_DEVICE = "0000:00:03.0"
VFIO = {
    "chipset": "q35",
    "extra": ("-device", "intel-iommu", "-device", "pci-testdev,addr=3"),
    "modules": ("vfio_iommu_type1", "vfio_pci"),
}
BIND_VFIO = (
    "write /sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts 1",
    f"write /sys/bus/pci/devices/{VFIO_DEVICE}/driver_override vfio-pci",
    f"write /sys/bus/pci/drivers/vfio-pci/bind {VFIO_DEVICE}",
)

PINNING = (
    ("7.x-generic", root("rdma-without-room", "rdma-link lo", nodes=(Node(6 * GiB), Node(2 * GiB)),
                         chipset=LOW_512M, cmdline="kernelcore=700M", **RXE)),
    ("7.x-generic", hot_added("rdma-with-room", "rdma-link lo",
                              cmdline="memhp_default_state=online_movable", **RXE)),
    ("7.x-generic", hot_added("rdma-unlimited", "rdma-link lo", "lock-limit-off",
                              cmdline="memhp_default_state=online_movable", **RXE)),
    ("5.10-generic", root("rdma", "rdma-link lo", cmdline="kernelcore=1G", **RXE)),
    ("6.12-generic", root("rdma-on-all-movable-node", "rdma-link lo", nodes=NODE_1_ABOVE_4G,
                          cmdline="kernelcore=2G", **RXE)),
    ("7.x-generic", root("cma-with-vfio", *BIND_VFIO,
                         cmdline="cma=768M intel_iommu=on", **VFIO)),
    ("7.x-generic", root("cma-16M-with-rdma", "rdma-link lo", cmdline="cma=16M", **RXE)),
)

# The hypervisor is VMware by its serial number and its back door, which QEMU has.
VMWARE = {
    "cpu": f"{PC_CPU},-hypervisor",
    "extra": ("-smbios", "type=1,serial=VMware-42 00"),
    "chipset": "pc,vmport=on",
    "modules": ("vmw_balloon",),
}

# A CXL memory device behind a root port. QEMU 7.2 makes persistent ones only, which don't become RAM,
# and without the event interrupts that kernels from 6.3 on insist on.
CXL = {
    "chipset": "q35,cxl=on",
    "room": 4 * GiB,
    "extra": ("-object", f"memory-backend-ram,id=cxl-mem,size={256 * MiB}",
              "-object", f"memory-backend-ram,id=cxl-lsa,size={256 << 10}",
              "-device", "pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl",
              "-device", "cxl-rp,port=0,bus=cxl,id=cxl-port,chassis=0,slot=2",
              "-device", "cxl-type3,bus=cxl-port,memdev=cxl-mem,lsa=cxl-lsa,id=cxl-device",
              "-machine", f"cxl-fmw.0.targets.0=cxl,cxl-fmw.0.size={4 * GiB}"),
    "modules": ("cxl_acpi", "cxl_port", "cxl_pci", "cxl_mem"),
}

WAIT_CXL = "wait-path /sys/bus/cxl/devices/mem0"

OTHERS = (
    ("6.1", root("cxl-auto-movable", WAIT_CXL, cmdline=AUTO, **CXL)),
    ("6.1", root("cxl-left-offline", WAIT_CXL, cmdline="memhp_default_state=offline",
                 files=((RULE_FILE, "# no rule for memory\n"),), **CXL)),
    ("7.x-generic", root("vmware-balloon", cmdline="kernelcore=1G", **VMWARE)),
    ("7.x", root("without-sysfs", "unmount /sys", cmdline="kernelcore=1G")),
    ("6.12", root("lowmem-reserve-off", "write /proc/sys/vm/lowmem_reserve_ratio 256 0 0 0 0",
                  cmdline="kernelcore=1G")),
    ("6.12", root("watermark-scale-3000", "write /proc/sys/vm/watermark_scale_factor 3000",
                  cmdline="kernelcore=1G")),
)

# An argument's doing: the same machine booted without and with it, named like a proof.
BOOTED_TWICE = (
    ("7.x", root("cma-before")),
    ("7.x", root("cma-after", cmdline="cma=512M")),
    *((kernel, root(f"slub-debug-{when}", cmdline=f"kernelcore=600M{argument}"))
      for kernel in ("6.12", "7.x")
      for when, argument in (("before", ""), ("after", " slub_debug=FZPU"))),
)

RISKS = (*BOOTED_TWICE, *ARGUMENTS, *GIGANTIC_ELSEWHERE, *RATIOS, *HOT_PLUG, *PINNING, *OTHERS)

HUGE_PAGES = "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"
NVDIMM = {
    "chipset": "pc,nvdimm=on",
    "room": 6 * GiB,
    "extra": ("-object", f"memory-backend-ram,id=nv,size={4 * GiB},reserve=off",
              "-device", "nvdimm,id=nv0,memdev=nv,node=1"),
    "modules": ("nfit", "nd_pmem", "dax_pmem", "device_dax", "kmem"),
    "nodes": (Node(2 * GiB), Node(0, cpus=0)),
}
UUID = "3f1c9f0e-52a4-4be2-9d3b-0d8d1f6a7c11"
ND = "/sys/bus/nd/devices"


def map_pages(kind, mode):
    """As ndctl turns a raw namespace into one with pages: `pfn` (file systems) or `dax`."""
    driver = {"pfn": "nd_pmem", "dax": "dax_pmem"}[kind]
    return (
        "write /sys/bus/nd/drivers/nd_pmem/unbind namespace0.0",
        f"write {ND}/{kind}0.0/uuid {UUID}",
        f"write {ND}/{kind}0.0/mode {mode}",
        f"write {ND}/{kind}0.0/align 2097152",
        f"write {ND}/{kind}0.0/namespace namespace0.0",
        f"write /sys/bus/nd/drivers/{driver}/bind {kind}0.0",
    )


TO_KMEM = (
    "write /sys/bus/dax/drivers/device_dax/unbind dax0.0",
    "write /sys/bus/dax/drivers/kmem/new_id dax0.0",
)

VIRTIO_MEM = {
    "nodes": ONE_1G,
    "room": 16 * GiB,
    "extra": ("-object", f"memory-backend-ram,id=vm,size={8 * GiB},reserve=off",
              "-device", "virtio-mem-pci,id=vmem,memdev=vm,requested-size=8G"),
    "later": ("virtio_pci", "virtio_mem"),
}

ZRAM = {"modules": ("zram",), "nodes": ONE_2G}

RISK_PROOFS = (
    ("6.1-i386", proof("unmovable-hugepages", f"write {HUGE_PAGES} 100",
                       nodes=(Node(800 * MiB),), cmdline="kernelcore=500M")),
    ("7.x", proof("pmem-legacy", "load-later", nodes=ONE_8G, later=("nd_e820", "nd_pmem"),
                  cmdline="memmap=4G!4G kernelcore=3G")),
    ("7.x", proof("pmem-map-mem", *map_pages("pfn", "ram"), cmdline="", **NVDIMM)),
    ("7.x", proof("pmem-map-dev", *map_pages("pfn", "pmem"), cmdline="", **NVDIMM)),
    *((kernel, proof("device-dax", *map_pages("dax", "ram"), cmdline="", **NVDIMM))
      for kernel in ("5.10", "6.1", "6.12", "7.x")),
    ("7.x", proof("dax-kmem", *map_pages("dax", "pmem"), *TO_KMEM, "wait-online 40",
                  cmdline="memhp_default_state=online_movable", **NVDIMM)),
    ("7.x", proof("dax-kmem-described-on-itself", *map_pages("dax", "pmem"),
                  "write /sys/bus/dax/devices/dax0.0/memmap_on_memory 1", *TO_KMEM,
                  "wait-online 40", cmdline="memhp_default_state=online_movable "
                                            "memory_hotplug.memmap_on_memory=1", **NVDIMM)),
    ("7.x", proof("hot-added-8G", "host dimm 8G 0", "wait-online 72", nodes=ONE_1G, room=16 * GiB,
                  cmdline="memhp_default_state=online_movable")),
    ("7.x", proof("offline-described-on-itself", "host dimm 1G 0", "wait-present 24", nodes=ONE_2G,
                  room=2 * GiB, cmdline="memhp_default_state=offline "
                                        "memory_hotplug.memmap_on_memory=1")),
    ("7.x", proof("virtio-mem", "load-later", "wait-online 72",
                  cmdline="memhp_default_state=online_movable memory_hotplug.memmap_on_memory=1",
                  **VIRTIO_MEM)),
    ("7.x", proof("metadata-bound-until-oom", "page-tables-until-oom", nodes=(Node(64 * GiB),),
                  chipset=LOW_256M, cmdline="kernelcore=200M")),
    ("7.x", proof("zram-swap", "write /sys/block/zram0/disksize 1400M", "swap-on /dev/zram0",
                  "swapped 1200M", cmdline="kernelcore=1700M", **ZRAM)),
    ("7.x", proof("locked", "locked 1300M")),
    *((kernel, proof("min-free", "write /proc/sys/vm/min_free_kbytes 240000"))
      for kernel in ("5.10", "6.1", "6.12", "7.x")),
    ("7.x", proof("pipes", "pipes 300M")),
    ("7.x", proof("secret", "secret 200M")),
    ("7.x", proof("optimized-hugepages", f"write {HUGE_PAGES} 3200", nodes=ONE_8G,
                  chipset=LOW_512M, cmdline="kernelcore=512M hugetlb_free_vmemmap=on")),
    ("7.x-generic", proof("rdma-pin", "rdma-link lo", "rdma-pin 400M", **RXE)),
    ("7.x-generic", proof("vfio-pin", *BIND_VFIO, "vfio-pin 400M",
                          cmdline="kernelcore=1G intel_iommu=on", **VFIO)),
)
