"""The GeoNames dump: 19 tab-separated columns per place, as a text file, zipped or gzipped."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, cast

from geo.gazetteer.compiled import Bulk
from geo.gazetteer.importers import Source, feature_codes, settlement_kind, useful_names

COLUMNS = 19
ATTRIBUTION = "GeoNames (CC BY 4.0)"
_README = "readme.txt"  # lies beside the dump in GeoNames' zip files


def read(source: Source) -> Iterator[Bulk]:
    """Places of a GeoNames dump (XX.txt, XX.zip, XX.txt.gz), without features that are no places of news."""
    source.attribution = ATTRIBUTION
    with ExitStack() as stack:
        file = stack.enter_context(_open(source, stack))
        for number, line in enumerate(file, start=1):
            source.hash.update(line.replace(b"\r\n", b"\n"))
            place = _place(line, number, source)
            if place:
                yield place


def _open(source: Source, stack: ExitStack) -> IO[bytes]:
    path = source.path
    if path.is_dir():
        raise source.problem("is a folder", hint="name the dump itself, e.g. SY.txt")
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    if path.suffix == ".zip":
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
        except zipfile.BadZipFile as cause:
            raise source.problem("is no zip file", hint="download it again") from cause
        dumps = [name for name in archive.namelist() if name.endswith(".txt") and name.lower() != _README]
        if len(dumps) != 1:
            raise source.problem(f"holds {len(dumps)} text files, one was expected", hint="unpack it and name the dump")
        return archive.open(dumps[0])
    return path.open("rb")


def _place(line: bytes, number: int, source: Source) -> Bulk | None:
    try:
        columns = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as cause:
        raise source.problem("is not UTF-8 text", line=number, hint="GeoNames dumps are; download it again") from cause
    if len(columns) != COLUMNS:
        hint = "is this a GeoNames dump? Download it whole from download.geonames.org/export/dump"
        raise source.problem(f"{len(columns)} columns, {COLUMNS} expected", line=number, hint=hint)
    id_, name, plain_name, alternates, lat, lon, _, code, country, _, admin1, admin2, admin3, _, people, *_ = columns
    try:
        lat_deg, lon_deg, population = float(lat), float(lon), int(people or 0)
    except ValueError as cause:
        raise source.problem(
            f"latitude {lat!r}, longitude {lon!r} or population {people!r} is no number", line=number
        ) from cause
    if not (id_ and name and -90 <= lat_deg <= 90 and -180 <= lon_deg <= 180):
        raise source.problem(f"no id, no name, or a point beyond the Earth: {lat}, {lon}", line=number)
    kind = feature_codes()[0].get(code)
    if kind is None:
        return None
    if kind == "settlement":
        kind = settlement_kind(population)
    spellings = useful_names([name, plain_name, *alternates.split(",")])
    if not spellings:
        return None
    levels = [part for part in (admin1, admin2, admin3) if part and part != "00"]
    codes = [".".join([country, *levels[: n + 1]]) for n in range(len(levels))]
    own = (
        country
        if kind == "country"
        else codes[depth - 1]
        if (depth := _DEPTH.get(code)) and depth <= len(codes)
        else None
    )
    return Bulk(
        id=f"geonames:{id_}", name=spellings[0], kind=kind, lon=lon_deg, lat=lat_deg, names=spellings,
        population=population or None, country=country or None,
        areas=tuple(area for area in [*reversed(codes), country] if area and area != own), code=own,
        ids=(("geonames", id_),),
    )  # fmt: skip


_DEPTH = {"ADM1": 1, "ADM2": 2, "ADM3": 3}


READERS = {"geonames": read}
