"""A folder as one file: a text that diffs, or a tar archive where the folder has what a text can't hold.

NAME.pack is folder NAME as text: a header for each file, then its lines.

    -- proc/meminfo --                          a file; it ends where the next header begins
    -- sys/devices/x/name -- no newline at end  a file whose last line has no newline
    -- proc/iomem -- unreadable                 a file that nobody may read
    -- sys/devices/x/y -> ../z --               a symbolic link
    -- sys/class/dax/ --                        an empty directory

Lines before the first header are a note. NAME.tar is folder NAME where its files are archives themselves.
"""

import contextlib
import gzip
import io
import re
import tarfile
import tempfile
from pathlib import Path

NOTE = "A folder as one text: Scripts/fixture unpacks, packs and shows it.\n"
HEADER = re.compile(r"-- (?P<path>.+?)(?: -> (?P<target>.+))? --(?: (?P<kind>no newline at end|unreadable))?")


class NotText(Exception):
    """What a text can't hold; a tar archive can."""


def pack_text(folder):
    """The folder's text, the same for the same files."""
    parts = [NOTE]
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
        name = path.relative_to(folder).as_posix()
        if "\n" in name or " -> " in name or " --" in name:
            raise NotText(f"{name}: a name that a header can't hold")
        if path.is_symlink():
            parts.append(f"-- {name} -> {path.readlink()} --\n")
        elif path.is_dir():
            if not any(path.iterdir()):
                parts.append(f"-- {name}/ --\n")
        elif not path.is_file():
            raise NotText(f"{name}: neither a file, nor a directory, nor a link")
        elif path.stat().st_mode & 0o444 == 0:
            parts.append(f"-- {name} -- unreadable\n")
        else:
            parts.append(file_text(name, path.read_bytes()))
    return "".join(parts)


def file_text(name, data):
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        raise NotText(f"{name}: not UTF-8") from problem
    if "\0" in text or "\r" in text or text.startswith("-- ") or "\n-- " in text:
        raise NotText(f"{name}: a line that would read as a header, or bytes that no text has")
    if text and not text.endswith("\n"):
        return f"-- {name} -- no newline at end\n{text}\n"
    return f"-- {name} --\n{text}"


def entries(text):
    """(path, kind, contents) of each entry; a link's contents are its target."""
    _, *bodies = ("\n" + text.removesuffix("\n")).split("\n-- ")
    for body in bodies:
        head, newline, contents = body.partition("\n")
        header = HEADER.fullmatch("-- " + head)
        if header is None:
            raise ValueError(f"no header: -- {head}")
        contents += newline
        path, kind = header["path"], header["kind"]
        if header["target"]:
            yield path, "link", header["target"]
        elif path.endswith("/"):
            yield path.rstrip("/"), "directory", ""
        elif kind == "unreadable":
            yield path, kind, ""
        else:
            yield path, "file", contents.removesuffix("\n") if kind else contents


def unpack_text(text, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind, contents in entries(text):
        path = folder / name
        if ".." in path.parts:
            raise ValueError(f"{name}: outside the folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "link":
            path.symlink_to(contents)
        elif kind == "directory":
            path.mkdir()
        else:
            path.write_bytes(contents.encode())
            if kind == "unreadable":
                path.chmod(0)


def pack_tar(folder, compressed):
    """The same bytes for the same files: sorted, without times or owners."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(folder.rglob("*")):
            entry = archive.gettarinfo(path, str(path.relative_to(folder)))
            entry.uid = entry.gid = entry.mtime = 0
            entry.uname = entry.gname = ""
            if entry.isfile():
                with open(path, "rb") as contents:
                    archive.addfile(entry, contents)
            else:
                archive.addfile(entry)
    return gzip.compress(stream.getvalue(), mtime=0) if compressed else stream.getvalue()


def pack(folder, target):
    """Writes the folder into NAME.pack, NAME.tar or NAME.tar.gz, by the target's name."""
    if target.suffix == ".pack":
        target.write_text(pack_text(folder))
    else:
        target.write_bytes(pack_tar(folder, target.suffix == ".gz"))


@contextlib.contextmanager
def opened(packed):
    """The folder that it holds, empty where it is not there yet; packed again when the block ends."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if packed.exists():
            unpack(packed, folder)
        yield folder
        packed.parent.mkdir(parents=True, exist_ok=True)
        pack(folder, packed)


def unpack(source, folder):
    """Adds what the archive holds to the folder."""
    if source.suffix == ".pack":
        unpack_text(source.read_text(), folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(source) as archive:
        # Python before 3.11.4 has no filters.
        archive.extractall(folder, **({"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}))
