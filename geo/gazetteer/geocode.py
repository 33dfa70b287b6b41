"""Ask an online geocoder, only when told to: its answers are rows to look over and paste, never pins."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

import orjson
import yaml

from geo import files
from geo.errors import ExportError, GazetteerError, UnknownName
from geo.gazetteer.distance import great_circle_m
from geo.gazetteer.kinds import kinds
from geo.gazetteer.spelling import plain

USER_AGENT = "dateline (https://pypi.org/project/dateline)"  # public geocoders refuse clients without a name
MIN_DELAY_S = 1.1  # Nominatim's rule is one request a second
RETRIES = 2
MOST_ANSWERS = 5
GIVE_UP_AFTER = 2  # failures in a row: without network, a hundred names should not take a hundred time-outs

NOMINATIM_FIELDS = ("name", "addresstype", "class", "type", "osm_type", "osm_id", "boundingbox")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a geocoder said of a name: curated rows to look over, or a reason why there are none."""

    name: str
    rows: tuple[tuple[str, dict[str, Any]], ...] = ()
    reason: str | None = None

    def yaml(self) -> str:
        """The rows as YAML to paste into a gazetteer, after a look at each.

        >>> print(Answer("Alba", rows=(("xx.alba", {"name": "Alba", "kind": "town"}),)).yaml(), end="")
        xx.alba:
          name: Alba
          kind: town
        """
        return yaml.safe_dump(dict(self.rows), allow_unicode=True, sort_keys=False) if self.rows else ""


class Geocoder:
    """A geopy geocoder that keeps to the rules of its service and remembers every answer, "nothing" included.

    `provider` is geopy's name of the service, `options` go to its constructor (an API key, a domain of one's own).
    `cache` is an SQLite file, or None for no memory.
    """

    def __init__(
        self,
        provider: str = "nominatim",
        *,
        cache: str | Path | None = None,
        options: Mapping[str, Any] | None = None,
        timeout_s: float = 10,
        min_delay_s: float = MIN_DELAY_S,
        retries: int = RETRIES,
    ) -> None:
        from geopy.adapters import URLLibAdapter  # the same retries and errors whether or not requests is installed
        from geopy.extra.rate_limiter import RateLimiter
        from geopy.geocoders import SERVICE_TO_GEOCODER

        if provider not in SERVICE_TO_GEOCODER:
            raise UnknownName("geocoder", provider, SERVICE_TO_GEOCODER)
        self.provider = provider
        self._cache = Path(cache) if cache else None
        arguments = {
            "timeout": timeout_s,
            "user_agent": USER_AGENT,
            "adapter_factory": URLLibAdapter,
            **(options or {}),
        }
        try:
            service = SERVICE_TO_GEOCODER[provider](**arguments)
        except TypeError as cause:
            raise GazetteerError(f"the geocoder '{provider}' needs other options: {cause}") from cause
        self._ask = RateLimiter(
            service.geocode,
            min_delay_seconds=min_delay_s,
            max_retries=retries,
            error_wait_seconds=max(min_delay_s, 5 * min_delay_s),
            swallow_exceptions=False,
        )
        self._failures = 0

    def geocode(self, name: str, *, country: str | None = None) -> Answer:
        """What the service knows under a name, in a country (two letters) if given; a dead network is a reason."""
        question = f"{self.provider}\x1f{country or ''}\x1f{name}"
        found = self._remembered(question)
        if found is None:
            if self._failures >= GIVE_UP_AFTER:
                return Answer(name, reason="not asked: the geocoder did not answer before")
            found, reason = self._asked(name, country)
            if found is None:
                return Answer(name, reason=reason)
            self._remember(question, found)
        rows = tuple(row for raw in found if (row := _row(raw, name, self.provider)))
        return Answer(name, rows, None if rows else f"{self.provider} knows no such place")

    def _asked(self, name: str, country: str | None) -> tuple[list[dict[str, Any]] | None, str]:
        """The service's places, or None and why it gave no answer."""
        from geopy import exc

        arguments: dict[str, Any] = {"exactly_one": False}
        if self.provider == "nominatim":
            arguments |= {"limit": MOST_ANSWERS, "language": "en", "addressdetails": True, "country_codes": country}
        try:
            locations = self._ask(name, **arguments)
        except exc.GeocoderRateLimited:
            reason = "the geocoder asks us to slow down (429): try again later"
        except exc.GeocoderTimedOut:
            reason = "the geocoder did not answer in time"
        except (exc.GeopyError, ValueError) as cause:
            reason = f"the geocoder failed: {str(cause).splitlines()[0] if str(cause) else type(cause).__name__}"
            if isinstance(cause, exc.GeocoderUnavailable) or isinstance(cause.__context__, URLError):
                reason = "the geocoder cannot be reached: is there a network?"
        else:
            self._failures = 0
            return [_plain_answer(location) for location in locations or ()], ""
        self._failures += 1
        return None, reason

    def _remembered(self, question: str) -> list[dict[str, Any]] | None:
        if self._cache is None or not self._cache.exists():
            return None
        with closing(self._open()) as db:
            row = db.execute("SELECT answer FROM answers WHERE question = ?", (question,)).fetchone()
        return orjson.loads(row[0]) if row else None

    def _remember(self, question: str, found: list[dict[str, Any]]) -> None:
        if self._cache is not None:
            with closing(self._open()) as db, db:
                db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (question, orjson.dumps(found).decode()))

    def _open(self) -> sqlite3.Connection:
        assert self._cache is not None
        db = None
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._cache)
            db.execute("CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer TEXT NOT NULL)")
        except (sqlite3.Error, OSError) as cause:
            if db is not None:
                db.close()
            raise ExportError(f"cannot use {self._cache} as memory: {cause}; name another file, or none") from cause
        return db


def geocode(name: str, *, provider: str = "nominatim", country: str | None = None, **options: Any) -> Answer:
    """Ask once: see Geocoder for the options."""
    return Geocoder(provider, **options).geocode(name, country=country)


def default_cache() -> Path:
    """Where answers are remembered between runs: the user's own cache folder."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "dateline" / "geocoder.sqlite"


def _plain_answer(location: Any) -> dict[str, Any]:
    """What we keep of a geopy location; the service's own fields only where they are those of Nominatim."""
    raw: dict[str, Any] = location.raw if isinstance(location.raw, dict) else {}
    told = raw.get("address")
    country = told.get("country_code") if isinstance(told, dict) else None
    kept = {"address": location.address, "lat": location.latitude, "lon": location.longitude}
    kept |= {key: raw[key] for key in NOMINATIM_FIELDS if key in raw}
    return kept | {"country": str(country or "").upper()}


def _row(found: Mapping[str, Any], name: str, provider: str) -> tuple[str, dict[str, Any]] | None:
    """A curated row for a service's answer, its source saying that nobody has looked at it yet."""
    try:
        lat, lon = round(float(found["lat"]), 5), round(float(found["lon"]), 5)
    except (KeyError, TypeError, ValueError):
        return None
    listed = files.load(files.shipped("gazetteer/feature-classes.yaml"), error=GazetteerError).data["osm"]
    told = [str(found.get(key)) for key in ("addresstype", "type", "class")]
    kind = next((listed[word] for word in told if word in listed), "facility")
    canonical = str(found.get("name") or str(found.get("address") or name).split(",")[0]).strip() or name
    country = str(found.get("country") or "").lower()
    slug = re.sub(r"\W+", "-", plain(canonical) if plain(canonical).isascii() else plain(name)).strip("-") or "place"
    row: dict[str, Any] = {"name": canonical, "kind": kind, "lat": lat, "lon": lon}
    row |= {"radius_m": _radius_m(found, lat=lat, lon=lon) or round(kinds()[kind].radius_m), "precision": "estimate"}
    if country:
        row["within"] = [country]
    if plain(canonical) != plain(name):
        row["names"] = {"en": [name]}
    if found.get("osm_type") and found.get("osm_id"):
        row["ids"] = {"osm": f"{found['osm_type']}/{found['osm_id']}"}
    owner = "OpenStreetMap (ODbL 1.0) through Nominatim" if provider == "nominatim" else provider
    row["source"] = f"{owner}; not checked yet: {found.get('address') or name}"
    return ".".join(part for part in (country, slug) if part), row


def _radius_m(found: Mapping[str, Any], *, lat: float, lon: float) -> int | None:
    """Half the diagonal of the answer's box, in round hundreds."""
    try:
        south, north, west, east = (float(value) for value in found["boundingbox"])
    except (KeyError, TypeError, ValueError):
        return None
    metres = great_circle_m(lon_a=west, lat_a=south, lon_b=east, lat_b=north) / 2
    return max(100, round(metres / 100) * 100)
