"""The order of the work, and the collections a notebook holds: Reports, Events, Incidents."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geo
from geo import events as finding
from geo import export, language, others, places
from geo import gazetteer as gazetteers
from geo import incidents as merging
from geo import reports as reading
from geo.errors import InputError, UnknownName
from geo.events.actors import Actors, load_actors
from geo.events.ontology import Ontology, load_ontology
from geo.files import shipped
from geo.gazetteer import Gazetteer
from geo.incidents.corrections import Corrections
from geo.listing import READ_LANGUAGES, label_rows, not_found, own_type_rows, place_rows, summary, type_rows
from geo.model import Event, Incident, Report, Resolution, Skipped
from geo.packs import Pack, load_pack

if TYPE_CHECKING:
    import folium
    import pandas

__all__ = [
    "Events", "Incidents", "Reports", "Setting", "extract", "not_found", "place_rows", "read", "read_back",
    "read_report", "setting", "settle_roles", "summary", "type_rows",
]  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """Everything a run knows besides the reports.

    `country` is that of a pack asked for by name: its places are then likelier than their namesakes elsewhere.
    """

    gazetteer: Gazetteer
    ontology: Ontology
    actors: Actors
    pack: Pack
    corrections: Corrections | None = None
    country: str | None = None

    @property
    def meta(self) -> Row:
        """What exports say of how they were made."""
        return {
            "version": geo.__version__,
            "gazetteer_sha256": self.gazetteer.sha256,
            "pack": self.pack.id,
            "attribution": self.gazetteer.licences,
        }


class Reports(Sequence[Report]):
    """The reports that were read, identical ones counted once."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports = reading.deduplicate(reports)

    def __len__(self) -> int:
        return len(self._reports)

    def __getitem__(self, index: Any) -> Any:
        return self._reports[index]

    def __iter__(self) -> Iterator[Report]:
        return iter(self._reports)

    def rows(self) -> list[Row]:
        """One row per report, as `geo reports` writes them."""
        return [
            {
                "id": report.id,
                "title": report.title,
                "source": report.outlet,
                "published": report.published.isoformat() if report.published else None,
                "published_basis": report.published_basis,
                "published_why": report.published_why,
                "url": report.url,
                "lang": report.lang,
                "source_file": report.source_file,
                "source_id": report.source_id,
                "char_start": report.offset,
                "char_end": report.offset + len(report.text),
                "also_in": list(report.also_in),
                "text": report.text,
            }
            for report in self._reports
        ]

    def write(self, path: str | Path) -> None:
        """Write the rows in the format of the suffix."""
        export.write(self.rows(), path, layer="reports")

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas table."""
        return _frame(self.rows())


@dataclass(frozen=True)
class Events(Sequence[Event]):
    """Statements of events, with all that was read on the way to them."""

    events: tuple[Event, ...]
    setting: Setting
    reports: tuple[Report, ...] = ()
    mentions: tuple[tuple[Report, Resolution], ...] = ()
    skipped: list[Skipped] = field(default_factory=list)
    orphans: tuple[str, ...] = ()
    incident_ids: dict[str, str] | None = None

    def __len__(self) -> int:
        return len(self.events)

    def __getitem__(self, index: Any) -> Any:
        return self.events[index]

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    @functools.cached_property
    def _row_list(self) -> list[Row]:
        ids = self.incident_ids if self.incident_ids is not None else _incident_ids(self.merge())
        types, side_of = self.setting.ontology.types, self.setting.actors.side_of
        return [
            export.event_row(event, incident_id=ids.get(event.id), types=types, side_of=side_of)
            for event in self.events
        ]

    def rows(self) -> list[Row]:
        """One row per statement, the columns of the contract."""
        return self._row_list

    def filter(self, **filters: Any) -> Events:
        """The events that pass; see `geo.export.keep` for the filters. They keep their incidents' ids."""
        wanted = _filters(filters, self.setting.ontology)
        kept = [e for e, row in zip(self.events, self.rows(), strict=True) if export.keep(row, **wanted)]
        ids = self.incident_ids if self.incident_ids is not None else {r["id"]: r["incident_id"] for r in self.rows()}
        return replace(self, events=tuple(kept), incident_ids=ids)

    def merge(self, **options: Any) -> Incidents:
        """Gather the statements of each incident."""
        found = merging.merge(
            self.events,
            corrections=self.setting.corrections,
            side_of=self.setting.actors.side_of,
            id_of=self.setting.actors.id_of,
            **options,
        )
        return Incidents(tuple(found), self.setting, skipped=tuple(self.skipped))

    def unplaced(self) -> list[tuple[Event, str]]:
        """The events that could not be put on the map, each with the reason."""
        return [
            (event, event.resolution.why if event.resolution else "no place is named for it")
            for event in self.events
            if event.place is None
        ]

    def write(self, path: str | Path, **options: Any) -> None:
        """Write the rows in the format of the suffix."""
        export.write(self.rows(), path, meta=self.setting.meta, layer="events", **options)

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas table."""
        return _frame(self.rows())

    def _repr_html_(self) -> str:
        return _html_table(self.rows())


@dataclass(frozen=True)
class Incidents(Sequence[Incident]):
    """Incidents, every source kept."""

    incidents: tuple[Incident, ...]
    setting: Setting
    given_rows: tuple[Row, ...] | None = None
    skipped: tuple[Skipped, ...] = ()

    def __len__(self) -> int:
        return len(self.incidents) if self.given_rows is None else len(self.given_rows)

    def __getitem__(self, index: Any) -> Any:
        return self.incidents[index]

    def __iter__(self) -> Iterator[Incident]:
        return iter(self.incidents)

    @functools.cached_property
    def _row_list(self) -> list[Row]:
        if self.given_rows is not None:
            return list(self.given_rows)
        types, side_of = self.setting.ontology.types, self.setting.actors.side_of
        return [export.incident_row(incident, types=types, side_of=side_of) for incident in self.incidents]

    def rows(self) -> list[Row]:
        """One row per incident, the columns of the contract."""
        return self._row_list

    def filter(self, **filters: Any) -> Incidents:
        """The incidents that pass; see `geo.export.keep` for the filters."""
        own = {row["type"] for row in self.given_rows or ()}  # data of others have types of their own
        wanted = _filters(filters, self.setting.ontology, own=own)
        kept = [number for number, row in enumerate(self.rows()) if export.keep(row, **wanted)]
        if self.given_rows is not None:
            return replace(self, given_rows=tuple(self.given_rows[number] for number in kept))
        return replace(self, incidents=tuple(self.incidents[number] for number in kept))

    def write(self, path: str | Path, **options: Any) -> None:
        """Write the rows in the format of the suffix."""
        export.write(self.rows(), path, meta=self.setting.meta, layer="incidents", **options)

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas table."""
        return _frame(self.rows())

    def to_map(self, title: str | None = None, *, attribution: Iterable[str] = (), **options: Any) -> folium.Map:
        """The page as a folium map: other folium layers can be added to it, and it shows itself in a notebook.

        `attribution` is credit to give besides the gazetteers'; the options are those of `geo.maps.build`.
        """
        from geo import maps

        rows = self.rows()
        labels = label_rows(self.setting.gazetteer, rows)
        return maps.build(
            [export.feature(row) for row in rows],
            title=title or self.setting.pack.title,
            types=[*type_rows(self.setting.ontology), *own_type_rows(self.setting.ontology, rows)],
            attribution=[*(self.setting.gazetteer.licences if labels else ()), *attribution],
            places=labels,
            skipped=[{"sentence": skip.sentence, "reason": skip.reason} for skip in self.skipped],
            member=self.setting.meta,
            **options,
        )

    def _repr_html_(self) -> str:
        return _html_table(self.rows())


def read(
    inputs: str | Path | Sequence[str | Path],
    *,
    published: dt.date | None = None,
    encoding: str | None = None,
    without: Collection[Path] = (),
) -> Reports:
    """Read reports from files, folders or "-" (standard input), `without` some files that lie in the folders.

    Raises InputError with what, where and what to try.
    """
    many = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    return Reports(reading.read(many, published=published, encoding=encoding, without=without))


def setting(
    *,
    gazetteer: str | Path | Sequence[str | Path] = (),
    default_gazetteer: bool = True,
    pack: str | Path | None = None,
    corrections: str | Path | None = None,
) -> Setting:
    """What a run knows: the gazetteers given, then the pack's; its actors; the event types; people's corrections."""
    chosen = load_pack(pack)
    paths = [gazetteer] if isinstance(gazetteer, (str, Path)) else list(gazetteer)
    if default_gazetteer and chosen.gazetteer is not None:
        paths = [*paths, chosen.gazetteer]
    return Setting(
        gazetteer=gazetteers.load(list(dict.fromkeys(Path(path) for path in paths)), default=False),
        ontology=load_ontology(),
        actors=load_actors(*([chosen.actors] if chosen.actors else []), shipped("world/actors.yaml")),
        pack=chosen,
        corrections=Corrections.load(corrections) if corrections else None,
        country=chosen.country if pack else None,
    )


def extract(reports: Iterable[Report], **options: Any) -> Events:
    """Find the events of reports; the options are those of `setting`.

    Reports in languages that are not read are listed in `skipped`, with that reason.
    """
    known = setting(**options)
    found: list[Event] = []
    skipped: list[Skipped] = []
    mentions: list[tuple[Report, Resolution]] = []
    kept: list[Report] = []
    for report in reports:
        kept.append(report)
        if report.lang not in READ_LANGUAGES:
            whole = finding.whole(report)
            skipped.append(Skipped(report, whole, "", f"not read: the report is in another language ({report.lang})"))
            continue
        events, left, resolutions = read_report(report, known)
        found += events
        skipped += left
        mentions += [(report, resolution) for resolution in resolutions]
    orphans: Sequence[Any] = ()
    if known.corrections is not None:
        found, orphans = known.corrections.apply(
            found, places=known.gazetteer.get, types=known.ontology.types, reports=kept
        )
    return Events(
        events=tuple(found),
        setting=known,
        reports=tuple(kept),
        mentions=tuple(mentions),
        skipped=skipped,
        orphans=tuple(str(orphan) for orphan in orphans),
    )


def read_report(report: Report, known: Setting) -> tuple[list[Event], list[Skipped], list[Resolution]]:
    """One report through all stages that need no other: events, skipped sentences, mentions with settled roles."""
    sentences = language.split(report.text, title=report.title)
    mentions = places.find(report, sentences, known.gazetteer)
    resolutions = places.resolve(report, mentions, known.gazetteer, country=known.country)
    events, skipped = finding.extract(
        report,
        sentences,
        resolutions,
        known.ontology,
        actors=known.actors,
        capital=known.gazetteer.get(known.pack.capital) if known.pack.capital else None,
    )
    return events, skipped, settle_roles(resolutions, events)


def settle_roles(resolutions: Sequence[Resolution], events: Iterable[Event]) -> list[Resolution]:
    """Mentions whose role was open become event_location where an event used them, else context."""
    used = {event.resolution.mention.span for event in events if event.resolution is not None}
    settled = []
    for resolution in resolutions:
        mention = resolution.mention
        if mention.role in finding.SCENE_ROLES:
            scene = mention.span in used
            why = "an event happened there" if scene else "named, but no event happened there"
            mention = replace(mention, role="event_location" if scene else "context", role_why=mention.role_why or why)
            resolution = replace(resolution, mention=mention)
        settled.append(resolution)
    return settled


def read_back(
    paths: Sequence[str | Path],
    *,
    date_field: str | None = None,
    type_field: str | None = None,
    encoding: str | None = None,
    unasked: Collection[str | Path] = (),
    **options: Any,
) -> Incidents:
    """Incidents from files that `geo incidents` (or `geo events`) wrote, and from those that others made.

    Others': tables shaped as ACLED's or UCDP GED's; GeoJSON and tables with latitude and longitude, of which
    `date_field` and `type_field` name the date and the type where they cannot be guessed. Of files that nobody named
    (`unasked`) those without events are left out. The other options are those of `setting`.
    """
    known = setting(**options)
    theirs = [path for path in paths if others.is_others(path, encoding=encoding)]
    rows = [row for path in paths if path not in theirs for row in export.read_back(path)]
    rows += others.read(
        theirs,
        known.ontology.types,
        date_field=date_field,
        type_field=type_field,
        encoding=encoding,
        unasked=unasked,
    )
    return Incidents((), known, given_rows=tuple(rows))


def _filters(filters: Row, ontology: Ontology, *, own: Collection[str] = ()) -> Row:
    """The filters under the names that rows know; an unknown type is refused with the nearest."""
    names = {"type": "types", "status": "statuses"}
    wanted = {names.get(name, name): value for name, value in filters.items() if value not in (None, (), [])}
    types = wanted.get("types")
    for type_id in [types] if isinstance(types, str) else types or ():
        if type_id not in own and type_id not in ontology.types:
            raise UnknownName("event type", type_id, {*ontology.types, *own})
    for name in ("since", "until"):
        if isinstance(wanted.get(name), str):
            try:
                dt.date.fromisoformat(wanted[name])
            except ValueError:
                raise InputError(f"{name}: {wanted[name]!r} is not a date; write it as 2014-04-11") from None
    return wanted


def _incident_ids(incidents: Incidents) -> dict[str, str]:
    return {event.id: incident.id for incident in incidents for event in incident.events}


def _frame(rows: list[Row]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame(rows)


def _html_table(rows: Sequence[Row], *, most: int = 100) -> str:
    """A small table for notebooks; hovering a row shows its sentence. All text is escaped."""
    from html import escape

    columns = ("date_start", "date_end", "type_label", "place", "status", "killed_min", "outlet")
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        f'<tr title="{escape(str(row.get("quote") or ""))}">'
        + "".join(f"<td>{escape('' if row.get(c) is None else str(row[c]))}</td>" for c in columns)
        + "</tr>"
        for row in rows[:most]
    )
    more = f"<p>{len(rows) - most} more</p>" if len(rows) > most else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
