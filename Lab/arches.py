"""The architectures of the lab: Debian's name of each, its QEMU machine, and the compiler of its guest program.

One line here, and a kernel series in kernels.py, make a new one. `dump` is the port that the guest's files come
out of: a second serial port where the machine has two, else a port of virtio-serial, whose drivers may be modules,
or memory that QEMU shares with the host.
"""

from dataclasses import dataclass

VIRTIO = ("virtio_pci", "virtio_console")


@dataclass(frozen=True)
class Port:
    """What QEMU is told of the dump's port, and its name in the guest."""

    qemu: tuple
    guest: str


@dataclass(frozen=True)
class Arch:
    """One architecture. `numa`: whether its QEMU machine can have several nodes."""

    name: str
    qemu: str
    qemu_package: str
    machine: str
    cpu: str
    console: str
    dump: Port
    compiler: tuple
    compiler_package: str
    modules: tuple = ()
    numa: bool = True
    boot_words: str = ""


DUMP = ("-chardev", "file,id=dump,path={dump}")
SERIAL = Port(("-serial", "file:{dump}", "-serial", "unix:{sockets}/control,server=on,wait=off"),
              "/dev/ttyS1")
SECOND_SERIAL = Port(("-serial", "file:{dump}"), "/dev/ttyS1")
# arm64's console is a PL011, so that this is its first 8250.
PCI_SERIAL = Port((*DUMP, "-device", "pci-serial,chardev=dump"), "/dev/ttyS0")
VIRTIO_PCI = Port((*DUMP, "-device", "virtio-serial-pci", "-device", "virtserialport,chardev=dump"),
                  "/dev/vport0p1")
# With a node for each socket, interrupts of QEMU's devices don't arrive on riscv64: memory needs none.
SHARED_MEMORY = Port(("-object", "memory-backend-file,id=dump,size=64M,share=on,mem-path={dump}",
                      "-device", "ivshmem-plain,memdev=dump"),
                     "/sys/bus/pci/devices/0000:00:01.0/resource2")
VIRTIO_CCW = Port((*DUMP, "-device", "virtio-serial-ccw", "-device", "virtserialport,chardev=dump"),
                  "/dev/vport0p1")

# Without cmpxchg16b: QEMU 7.2 leaves garbage in the flags behind it, and an interrupt that comes then finds
# traps, alignment checks or nested tasks switched on. Every second boot of 6.12 died of that, each elsewhere.
PC_CPU = "qemu64,+pdpe1gb,-cx16"

# A busy host can starve the PC's emulated timer, and the kernel would give up.
PC_WORDS = "no_timer_check"


def cross(triplet):
    return (f"{triplet}-gcc",)


ARCHES = {
    arch.name: arch
    for arch in (
        Arch("amd64", "qemu-system-x86_64", "qemu-system-x86", "pc", PC_CPU, "ttyS0",
             SERIAL, ("gcc",), "gcc libc6-dev", boot_words=PC_WORDS),
        # The 32-bit library's package brings no kernel headers; the 64-bit ones serve both. Actions
        # that take more memory than 32 bits can address are not for it.
        Arch("i386", "qemu-system-x86_64", "qemu-system-x86", "pc", PC_CPU, "ttyS0", SERIAL,
             ("gcc", "-m32", "-D_FILE_OFFSET_BITS=64", "-idirafter", "/usr/include/x86_64-linux-gnu",
              "-Wno-shift-count-overflow"), "gcc libc6-dev-i386 lib32gcc-12-dev",
             boot_words=PC_WORDS),
        Arch("arm64", "qemu-system-aarch64", "qemu-system-arm", "virt", "cortex-a76", "ttyAMA0",
             PCI_SERIAL, cross("aarch64-linux-gnu"), "gcc-aarch64-linux-gnu libc6-dev-arm64-cross"),
        Arch("armhf", "qemu-system-arm", "qemu-system-arm", "virt", "cortex-a15", "ttyAMA0",
             VIRTIO_PCI, (*cross("arm-linux-gnueabihf"), "-D_FILE_OFFSET_BITS=64", "-Wno-shift-count-overflow"),
             "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross", modules=VIRTIO, numa=False),
        Arch("riscv64", "qemu-system-riscv64", "qemu-system-misc", "virt", "rv64", "ttyS0",
             SHARED_MEMORY, cross("riscv64-linux-gnu"),
             "gcc-riscv64-linux-gnu libc6-dev-riscv64-cross"),
        Arch("ppc64el", "qemu-system-ppc64", "qemu-system-ppc", "pseries", "power9", "hvc0",
             VIRTIO_PCI, cross("powerpc64le-linux-gnu"),
             "gcc-powerpc64le-linux-gnu libc6-dev-ppc64el-cross", modules=VIRTIO),
        # QEMU 7.2 hands such a kernel no EFI tables; 10.0 does, and needs no firmware. Without ACPI the
        # kernel looks for a keyboard where nothing is, and dies of that.
        Arch("loong64", "qemu-system-loongarch64", "qemu-system-misc", "virt", "la464", "ttyS0",
             SECOND_SERIAL, cross("loongarch64-linux-gnu"),
             "gcc-loongarch64-linux-gnu libc6-dev-loong64-cross",
             boot_words="initcall_blacklist=i8042_init"),
        Arch("s390x", "qemu-system-s390x", "qemu-system-misc", "s390-ccw-virtio", "qemu", "ttysclp0",
             VIRTIO_CCW, cross("s390x-linux-gnu"), "gcc-s390x-linux-gnu libc6-dev-s390x-cross",
             modules=("virtio_console",), numa=False),
    )
}
