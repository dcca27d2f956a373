"""The public API of ZonewiseKit, as the compiler wrote it down."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE = "ZonewiseKit"


def search(build: Path) -> list[str]:
    """Where the modules are that ZonewiseKit is made of; `build` has Modules (.build/debug)."""
    checkouts = build.resolve().parent.parent / "checkouts"
    maps = [ROOT / "Sources/CYAML/module.modulemap", ROOT / "Sources/CSQLite/module.modulemap",
            build / "CNuma.build/module.modulemap", build / "CArchive.build/module.modulemap"]
    words = ["-I", str(build / "Modules"),
             "-I", str(checkouts / "swift-system/Sources/CSystem/include")]
    for path in maps:
        words += ["-Xcc", f"-fmodule-map-file={path}"]
    return words


def extract(build: Path, folder: Path) -> Path:
    """Writes the symbol graph into a folder that is there."""
    target = json.loads(subprocess.run(["swift", "-print-target-info"], check=True, text=True,
                                       capture_output=True).stdout)["target"]["unversionedTriple"]
    subprocess.run(["swift", "symbolgraph-extract", "-module-name", MODULE, *search(build),
                    "-minimum-access-level", "public", "-target", target,
                    "-skip-synthesized-members", "-output-dir", str(folder)], check=True)
    return folder / f"{MODULE}.symbols.json"
