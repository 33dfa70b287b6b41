"""The nouns: frozen values that flow from room to room.

Offsets are half-open and count Unicode code points. Coordinates are WGS 84 degrees, always by name (`lon`, `lat`);
lengths are metres (`_m`). "Unknown" is None or a value with a reason, never an exception.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field


def content_id(*parts: object, size: int = 12) -> str:
    """A short id that depends only on what it names: the same on every machine.

    >>> content_id("Kafr Zita", 3) == content_id("Kafr Zita", 3)
    True
    >>> len(content_id("x"))
    12
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:size]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands in a report's text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this span.

        >>> Span(3, 8).of("In Douma, today")
        'Douma'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Report:
    """One article: its verbatim text and what is known about where it comes from.

    `offset` is where `text` starts in the decoded file (0 for table rows, HTML and feeds).
    `published_basis` is "stated" (in the text), "given" (a column or option), "inferred" or None.
    """

    id: str
    text: str
    source_file: str
    offset: int = 0
    source_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: dt.date | None = None
    published_basis: str | None = None
    published_why: str | None = None
    url: str | None = None
    lang: str = "en"
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report. `kind` is title, heading, caption, body or source (the line that names the outlet)."""

    span: Span
    kind: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer row, with the names of its parents filled in.

    `names` holds every spelling in any script, the canonical one first. `within` lists parent ids, nearest first.
    `bbox` is (west, south, east, north). `precision` is exact, parent, area or estimate.
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    radius_m: float
    precision: str = "exact"
    names: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    population: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    admin1: str | None = None
    admin1_pcode: str | None = None
    admin2: str | None = None
    admin2_pcode: str | None = None
    country: str | None = None
    country_iso2: str | None = None
    source: str = ""
    curated: bool = False

    @property
    def geonames_id(self) -> str | None:
        """The GeoNames id, where known."""
        return dict(self.ids).get("geonames")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a report, as printed, and the part it plays.

    `role` is event_location, context, metonym, part_of_name, dateline or reference; "open" until events settle it.
    `relation` is at, near, edge, direction, between or area; `part` is a compass part ("northern X": "n").
    `distance_m` and `bearing_deg` come from "N km north of X"; `other` is the second name of "between X and Y".
    `kind_hint` is the class noun beside the name ("town"), `inside` a stated container ("in Hama province").
    """

    span: Span
    text: str
    name: str
    role: str = "open"
    role_why: str = ""
    kind_hint: str | None = None
    inside: str | None = None
    relation: str = "at"
    part: str | None = None
    distance_m: float | None = None
    bearing_deg: float | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with its score in 0-1 and the reason."""

    place: Place
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention resolves to: a place and where exactly, or a refusal with its reason.

    `lon`, `lat`, `radius_m` and `area_wkt` are the site (the place itself, or a point or shape derived from it).
    `stands_in` marks a place in which the one meant lies: the name itself is not listed.
    """

    mention: Mention
    place: Place | None
    score: float
    why: str
    candidates: tuple[Candidate, ...] = ()
    lon: float | None = None
    lat: float | None = None
    radius_m: float | None = None
    area_wkt: str | None = None
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A date or range of dates, both ends inclusive; `earliest` None means unknown, then `latest` is an upper bound.

    `precision` is day, range, week, month, year or unknown; `basis` is stated, relative, context or published.
    `saying` marks the date of a statement ("activists said Friday"), which is not the date of the event.
    `span` is where the words stand, None where there are none.
    """

    earliest: dt.date | None
    latest: dt.date | None
    precision: str = "unknown"
    text: str | None = None
    basis: str = "published"
    span: Span | None = None
    saying: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part. `role` is initiator, target or other; `id` is the pack's, None when not listed there."""

    name: str
    id: str | None = None
    role: str = "other"


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people were killed or injured (`kind`): at least `low`, at most `high`, None when open."""

    kind: str
    low: int | None
    high: int | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's word on one field of an incident."""

    said_by: str | None
    field: str
    value: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which the sources of an incident differ; `values` are the claims that differ."""

    field: str
    values: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One sentence's statement of one event at one place.

    `span` is the sentence within `report.text`; `trigger` the words that gave the type.
    """

    id: str
    report: Report
    span: Span
    type: str
    parent_type: str | None
    trigger: str
    status: str
    when: When
    resolution: Resolution | None
    said_by: str | None = None
    origin: str | None = None
    parties: tuple[Party, ...] = ()
    tolls: tuple[Toll, ...] = ()
    weapon: str | None = None
    target: str | None = None
    confidence: float = 0.5
    why: str = ""
    sentence_kind: str = "body"
    refers_back: bool = False
    also_in: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The sentence, verbatim."""
        return self.span.of(self.report.text)

    @property
    def char_start(self) -> int:
        """Where the quote starts in the decoded file."""
        return self.report.offset + self.span.start

    @property
    def char_end(self) -> int:
        """Where the quote ends in the decoded file."""
        return self.report.offset + self.span.end

    @property
    def place(self) -> Place | None:
        """The gazetteer place, None where there is none."""
        return self.resolution.place if self.resolution else None

    def toll(self, kind: str) -> Toll | None:
        """The toll of a kind ("killed" or "injured"), None where nothing is said."""
        return next((toll for toll in self.tolls if toll.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sentence with an event word that became no event, and why."""

    report: Report
    span: Span
    trigger: str
    reason: str
    type: str | None = None

    @property
    def sentence(self) -> str:
        """The sentence, verbatim."""
        return self.span.of(self.report.text)


@dataclass(frozen=True, slots=True)
class Incident:
    """Events that tell of the same thing in the world: every source kept, their differences listed.

    `id` is that of its earliest-published, then first event, which `events[0]` is.
    """

    id: str
    events: tuple[Event, ...]
    type: str
    parent_type: str | None
    status: str
    when: When
    resolution: Resolution | None
    tolls: tuple[Toll, ...] = ()
    verification: str = "single_source"
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    confidence: float = 0.5
    why: str = ""
    parties: tuple[Party, ...] = field(default=())

    @property
    def place(self) -> Place | None:
        """The gazetteer place, None where there is none."""
        return self.resolution.place if self.resolution else None
