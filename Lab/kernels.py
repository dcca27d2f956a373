"""Fetches Debian kernels for the lab, unpacked and never installed.

The lab's word against the predictor is worth something only if the kernels are the ones people run, so
they come from Debian's own archive by package name, through a private apt state (own sources, lists and
cache under Lab/.cache) that leaves the machine's package database alone. The mirror is the one that the
machine's own apt configuration names.
"""

import functools
import lzma
import re
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).resolve().parent / ".cache"
APT = CACHE / "apt"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Unavailable(Exception):
    """Kernels or tools that the lab needs can't be had here; not a verdict on any kernel."""


@dataclass(frozen=True)
class Series:
    """A kernel line: its architecture, and which of Debian's package names carry its images."""

    name: str
    arch: str
    package: str


SERIES = {
    series.name: series
    for series in (
        Series("5.10", "amd64", r"linux-image-5\.10\.\S+-cloud-amd64"),
        Series("6.1", "amd64", r"linux-image-6\.1\.\S+-cloud-amd64"),
        Series("6.12", "amd64", r"linux-image-6\.12\.\S+-cloud-amd64"),
        Series("7.x", "amd64", r"linux-image-7\.\S+-cloud-amd64"),
        # Drivers that the cloud flavour lacks (RDMA, VFIO), page_owner; and the size of most servers'.
        Series("5.10-generic", "amd64", r"linux-image-5\.10\.0-\d+-amd64"),
        Series("6.1-generic", "amd64", r"linux-image-6\.1\.0-\d+-amd64"),
        Series("6.12-generic", "amd64", r"linux-image-6\.12\.[^-]+-amd64"),
        Series("7.x-generic", "amd64", r"linux-image-7\.[^-]+-amd64"),
        # 32 bits: zone HighMem, and huge pages that can't migrate.
        Series("6.1-i386", "i386", r"linux-image-6\.1\.0-\d+-686-pae"),
        Series("6.1-arm64", "arm64", r"linux-image-6\.1\.\S+-cloud-arm64"),
        Series("6.12-arm64", "arm64", r"linux-image-6\.12\.\S+-cloud-arm64"),
        Series("6.12-arm64-16k", "arm64", r"linux-image-6\.12\.\S+-arm64-16k"),
        Series("7.x-arm64", "arm64", r"linux-image-7\.\S+-cloud-arm64"),
        Series("7.x-arm64-16k", "arm64", r"linux-image-7\.\S+-arm64-16k"),
        Series("6.12-riscv64", "riscv64", r"linux-image-6\.12\.[^-]+-riscv64"),
        Series("7.x-riscv64", "riscv64", r"linux-image-7\.[^-]+-riscv64"),
        Series("6.1-s390x", "s390x", r"linux-image-6\.1\.0-\d+-s390x"),
        Series("6.12-s390x", "s390x", r"linux-image-6\.12\.[^-]+-s390x"),
        Series("7.x-s390x", "s390x", r"linux-image-7\.[^-]+-s390x"),
        Series("6.1-ppc64el", "ppc64el", r"linux-image-6\.1\.0-\d+-powerpc64le"),
        Series("6.12-ppc64el", "ppc64el", r"linux-image-6\.12\.[^-]+-powerpc64le"),
        Series("7.x-ppc64el", "ppc64el", r"linux-image-7\.[^-]+-powerpc64le"),
        Series("7.x-loong64", "loong64", r"linux-image-7\.[^-]+-loong64"),
        Series("6.1-armhf", "armhf", r"linux-image-6\.1\.0-\d+-armmp-lpae"),
        Series("6.12-armhf", "armhf", r"linux-image-6\.12\.[^-]+-armmp-lpae"),
    )
}


@dataclass(frozen=True)
class Kernel:
    """One unpacked kernel package."""

    series: str
    arch: str
    package: str
    package_version: str
    tree: Path

    @property
    def release(self):
        return self.package.removeprefix("linux-image-").removesuffix("-unsigned")

    @property
    def image(self):
        """Debian's riscv64 and ppc64el kernels are not compressed."""
        return self.unpacked(self.boot_file("vmlinuz", "vmlinux"))

    def unpacked(self, image):
        """What an EFI program of Linux holds, where that is packed with zstd: QEMU unpacks gzip only.

        Its header (drivers/firmware/efi/libstub/zboot-header.S): MZ, 0, 0, "zimg", offset, size, 8 bytes
        that are free, and the name of the compression.
        """
        with open(image, "rb") as file:
            header = file.read(32)
            if header[4:8] != b"zimg" or header[24:29] != b"zstd\0":
                return image
            start, size = struct.unpack_from("<II", header, 8)
            file.seek(start)
            packed = file.read(size)
        target = self.tree / "image"
        if not target.exists():
            done = subprocess.run(["zstd", "-d", "-c"], input=packed, capture_output=True)
            if done.returncode != 0:
                raise Unavailable(f"zstd can't unpack {image}")
            target.write_bytes(done.stdout)
        return target

    @property
    def config(self):
        return self.boot_file("config")

    def boot_file(self, *kinds):
        """Debian keeps these in /boot; from 7.x on in the modules folder, without the release."""
        found = []
        for kind in kinds:
            found += self.tree.rglob(f"{kind}-{self.release}")
            found += [path for path in self.tree.rglob(kind) if path.parent.name == self.release]
        if not found:
            raise Unavailable(f"no {kinds[0]} in {self.tree}: remove that folder to fetch it again")
        return found[0]

    @functools.cached_property
    def module_paths(self):
        """Module name (with underscores) to the path of its file."""
        found = {}
        for path in sorted(self.tree.rglob("*.ko*")):
            found[path.name.split(".ko")[0].replace("-", "_")] = path
        return found

    def module_chain(self, name):
        """The bytes of module `name` and of all it depends on, in loading order; [] if built in."""
        path = self.module_paths.get(name.replace("-", "_"))
        if path is None:
            return []
        data = module_bytes(path)
        chain = []
        for needed in filter(None, modinfo(data, b"depends").split(",")):
            chain += [link for link in self.module_chain(needed) if link not in chain]
        return chain + [(path.name.split(".ko")[0], data)]


def module_bytes(path):
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def modinfo(module, key):
    """The value of one key in a module's .modinfo strings ("" when absent)."""
    match = re.search(rb"\0" + key + rb"=([^\0]*)\0", module)
    return match.group(1).decode() if match else ""


def run(*command, **options):
    done = subprocess.run(command, text=True, capture_output=True, **options)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise Unavailable(f"{command[0]} failed: {said[0]}")
    return done.stdout


def apt_options(arch):
    """A state for each architecture: its lists are fetched only where its kernels are wanted."""
    state = APT / arch
    return [
        "-o", f"Dir::Etc::sourcelist={state}/sources.list",
        "-o", "Dir::Etc::sourceparts=-",
        "-o", f"Dir::State={state}/state",
        "-o", f"Dir::State::status={state}/status",
        "-o", f"Dir::Cache={state}/cache",
        "-o", "Dir::Cache::pkgcache=pkgcache.bin",
        "-o", "Dir::Cache::srcpkgcache=srcpkgcache.bin",
        "-o", "Acquire::GzipIndexes=false",
        "-o", "Acquire::Languages=none",
        "-o", f"APT::Architecture={arch}",
        "-o", f"APT::Architectures={arch}",
        "-o", "Acquire::Check-Valid-Until=false",
        "-o", "APT::Sandbox::User=root",
    ]


def machine_mirrors():
    """The machine's own Debian mirror and its security mirror."""
    listing = run("apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)",
                  "Created-By: Packages")
    mirrors = {}
    for line in listing.splitlines():
        origin, label, uri = line.split("|")
        if origin == "Debian":
            mirrors.setdefault("security" if "Security" in label else "main", uri.rstrip("/"))
    if "main" not in mirrors:
        raise Unavailable("apt knows no Debian mirror here: run apt-get update, or add one")
    mirrors.setdefault("security", mirrors["main"] + "-security")
    return mirrors


RELEASES = ("bullseye", "bookworm", "bookworm-updates", "bookworm-backports", "sid")
SECURITY = ("bullseye-security", "bookworm-security")
YOUNG = {"riscv64": ("trixie", "sid"), "loong64": ("sid",)}
"""Where an architecture came to Debian after bookworm: the releases that have it."""


def suites(arch):
    mirrors = machine_mirrors()
    for suite in YOUNG.get(arch, RELEASES):
        yield f"deb [signed-by={KEYRING}] {mirrors['main']} {suite} main"
    for suite in () if arch in YOUNG else SECURITY:
        yield f"deb [signed-by={KEYRING}] {mirrors['security']} {suite} main"


@functools.cache
def refresh(arch):
    """Brings the private package lists up to date, once per run; old lists will do if that fails."""
    state = APT / arch
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    (state / "status").touch()
    (state / "sources.list").write_text("\n".join(suites(arch)) + "\n")
    try:
        run("apt-get", *apt_options(arch), "update")
    except Unavailable:
        if not any((state / "state/lists").glob("*_Packages")):
            raise


def candidates(series):
    """(package, version) pairs that carry this series, newest first."""
    names = run("apt-cache", *apt_options(series.arch), "pkgnames", "linux-image-").split()
    wanted = re.compile(series.package)
    named = sorted({name.split(":")[0] for name in names if wanted.fullmatch(name.split(":")[0])})
    if not named:
        return []
    shown = run("apt-cache", *apt_options(series.arch), "show",
                *(f"{name}:{series.arch}" for name in named))
    found = re.findall(r"^Package: (\S+)$.*?^Version: (\S+)$", shown, re.M | re.S)
    return sorted(set(found), key=functools.cmp_to_key(newer_first))


def parts(package, arch):
    """The image package, and those it is split into from 7.x on (binary, modules, base)."""
    shown = run("apt-cache", *apt_options(arch), "show", f"{package}:{arch}")
    release = re.escape(package.removeprefix("linux-image-"))
    depends = re.search(r"^Depends: (.*)$", shown, re.M)
    split = re.findall(rf"linux-(?:binary|modules|base)-{release}", depends.group(1)) if depends else []
    return [package, *sorted(set(split))]


def newer_first(a, b):
    if a[1] == b[1]:
        return (a[0] > b[0]) - (a[0] < b[0])
    older = subprocess.run(["dpkg", "--compare-versions", a[1], "lt", b[1]]).returncode == 0
    return 1 if older else -1


def unpacked(series):
    """The newest tree of this series that is in the cache already, if any."""
    trees = sorted((CACHE / "kernels" / series.name).glob("*/package"),
                   key=lambda marker: marker.stat().st_mtime)
    if not trees:
        return None
    package, version = trees[-1].read_text().split()
    return Kernel(series.name, series.arch, package, version, trees[-1].parent)


@functools.cache
def kernel(name, refetch=False):
    """The kernel of a series, from the cache or else from Debian's archive."""
    series = SERIES.get(name)
    if series is None:
        raise SystemExit(f"no kernel series {name!r}; known: {', '.join(SERIES)}")
    cached = unpacked(series)
    if cached is not None and not refetch:
        return cached
    refresh(series.arch)
    found = candidates(series)
    if not found:
        raise Unavailable(f"Debian's archive has no package like {series.package} ({series.arch})")
    # A mirror's index may name packages that the mirror doesn't have (yet, or any more).
    for package, version in found[:MOST_TRIED]:
        try:
            return fetch(series, package, version)
        except Unavailable as problem:
            missed = problem
    raise missed


MOST_TRIED = 6


def fetch(series, package, version):
    """Downloads a package and those it is split into, and unpacks them into the cache."""
    tree = CACHE / "kernels" / series.name / package
    tree.mkdir(parents=True, exist_ok=True)
    downloads = CACHE / "debs"
    downloads.mkdir(parents=True, exist_ok=True)
    for part in parts(package, series.arch):
        run("apt-get", *apt_options(series.arch), "download", f"{part}:{series.arch}={version}",
            cwd=downloads)
        archive = max(downloads.glob(f"{part}_*_{series.arch}.deb"),
                      key=lambda path: path.stat().st_mtime)
        run("dpkg-deb", "-x", str(archive), str(tree))
        archive.unlink()
    (tree / "package").write_text(f"{package} {version}\n")
    return Kernel(series.name, series.arch, package, version, tree)


if __name__ == "__main__":
    import sys

    for wanted in sys.argv[1:] or SERIES:
        try:
            got = kernel(wanted)
            print(f"{wanted:16} {got.package} {got.package_version}")
        except Unavailable as problem:
            print(f"{wanted:16} not to be had: {problem}")
