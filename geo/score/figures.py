"""Precision, recall and F1 of what was found against what was coded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.score import right
from geo.score.found import Found, read_found
from geo.score.gold import Gold, GoldEvent

ASPECTS = ("place", "date", "status")
# Which statement is paired with which coded event when several fit: a right place says most, a right date more than a
# right status; core events first, an event's first type before its others.
WEIGHTS = {"place": 8.0, "core": 4.0, "date": 2.0, "status": 1.0, "first type": 0.5}


@dataclass(frozen=True, slots=True)
class Pair:
    """A coded event and the statement that matches it, None where it was missed; `wrong` lists what is not right."""

    event: GoldEvent
    found: Found | None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The figures, and what is behind them: `pairs` (core events), `false` and `wrong_pins`."""

    figures: dict[str, Any]
    pairs: tuple[Pair, ...]
    false: tuple[Found, ...]
    wrong_pins: tuple[Found, ...]


def score(features: Iterable[Mapping[str, Any]], gold: Gold) -> Score:
    """Compare GeoJSON features, as `geo events` writes them, with coded events.

    detect: the same words and an accepted type. place, date, status: and that is right too. full: all at once.
    Precision counts hits among the statements that are not neutral; an optional coded event excuses one statement.
    """
    found, without_offsets = read_found(features)
    matched = _assign(found, gold)  # gold index -> found index
    core = [number for number, event in enumerate(gold.events) if event.core]
    false = _false(found, gold, matched)
    core_hits = sum(number in matched for number in core)
    counted = core_hits + len(false) + without_offsets
    pairs = tuple(_pair(gold.events[number], found, matched.get(number)) for number in core)
    wrong_pins, far_pins = _pins(found, gold, matched)
    figures: dict[str, Any] = {
        name: rates(sum(_is_right(pair, name) for pair in pairs), len(core), counted)
        for name in ("detect", *ASPECTS, "full")
    }
    figures["incidents"] = _grouping([(gold.events[g], found[f]) for g, f in matched.items() if gold.events[g].core])
    figures |= _tolls(pairs)
    figures |= _hard(pairs)
    figures["current incidents right"] = _current_incidents(pairs)
    figures["counts"] = {
        "predicted": len(found),
        "neutral": len(found) - core_hits - len(false),
        "false": len(false),
        "gold_core": len(core),
        "wrong_pins": len(wrong_pins),
        "far_pins": len(far_pins),
    }
    return Score(figures, pairs, tuple(found[i] for i in false), tuple(found[i] for i in wrong_pins))


def _assign(found: Sequence[Found], gold: Gold) -> dict[int, int]:
    """Pair each coded event with at most one statement, best pairs first."""
    fits = []
    for g, event in enumerate(gold.events):
        for f, one in enumerate(found):
            if not right.same_record(one, event, gold) or not right.same_words(one, event):
                continue
            if not right.type_right(one, event):
                continue
            holds = {
                "place": right.place_right(one, event),
                "date": right.date_right(one, event),
                "status": right.status_right(one, event),
                "core": event.core,
                "first type": one.type == event.types[0],
            }
            fits.append((sum(WEIGHTS[name] for name, true in holds.items() if true), g, f))
    taken: set[int] = set()
    matched: dict[int, int] = {}
    for _, g, f in sorted(fits, reverse=True):
        if g not in matched and f not in taken:
            matched[g] = f
            taken.add(f)
    return matched


def _false(found: Sequence[Found], gold: Gold, matched: Mapping[int, int]) -> list[int]:
    """The statements that no coded event explains; each optional event left over excuses one."""
    spare = [event for number, event in enumerate(gold.events) if not event.core and number not in matched]
    taken, false = set(matched.values()), []
    for number, one in enumerate(found):
        if number in taken:
            continue
        excuse = next((e for e in spare if _excuses(e, one, gold)), None)
        if excuse is None:
            false.append(number)
        else:
            spare.remove(excuse)
    return false


def _excuses(event: GoldEvent, one: Found, gold: Gold) -> bool:
    return right.overlaps(one, event, gold) and right.same_words(one, event) and right.type_right(one, event)


def _pair(event: GoldEvent, found: Sequence[Found], number: int | None) -> Pair:
    if number is None:
        return Pair(event, None)
    one = found[number]
    holds = (right.place_right(one, event), right.date_right(one, event), right.status_right(one, event))
    return Pair(event, one, tuple(name for name, true in zip(ASPECTS, holds) if not true))


def _is_right(pair: Pair, aspect: str) -> bool:
    if pair.found is None:
        return False
    return not pair.wrong if aspect == "full" else aspect not in pair.wrong


def rates(hits: float, coded: float, counted: float) -> dict[str, float]:
    """Recall among the coded, precision among the counted, and their F1."""
    return _rounded(hits / max(1, coded), hits / max(1, counted))


def _rounded(recall: float, precision: float) -> dict[str, float]:
    f1 = 2 * recall * precision / max(1e-9, recall + precision)
    return {"recall": round(recall, 3), "precision": round(precision, 3), "f1": round(f1, 3)}


def _pins(found: Sequence[Found], gold: Gold, matched: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Current pins that mislead: on what is no current event, and far from where the event was."""
    event_of = {f: gold.events[g] for g, f in matched.items()}
    wrong, far = [], []
    for number, one in enumerate(found):
        if one.status_group != "current" or one.point is None:
            continue
        event = event_of.get(number)
        if event is not None:
            if "current" not in right.status_groups(event):
                wrong.append(number)
            elif right.far_off(one, event):
                far.append(number)
            continue
        told = [event for event in gold.events if right.overlaps(one, event, gold)]
        if told:
            misleads = not any("current" in right.status_groups(event) for event in told)
        else:
            misleads = any(right.overlaps(one, trap, gold) for trap in gold.traps)
        if misleads:
            wrong.append(number)
    return wrong, far


def _grouping(matched: Sequence[tuple[GoldEvent, Found]]) -> dict[str, float]:
    """B-cubed: of the statements grouped with each one, how many belong there; of those that belong, how many are."""
    pairs = [(event.incident, one.incident) for event, one in matched if event.incident]
    precision = recall = 0.0
    for coded, ours in pairs:
        both = sum(c == coded and ours is not None and o == ours for c, o in pairs) or 1
        precision += both / max(1, sum(ours is not None and o == ours for _, o in pairs))
        recall += both / sum(c == coded for c, _ in pairs)
    size = max(1, len(pairs))
    return _rounded(recall / size, precision / size)


def _tolls(pairs: Sequence[Pair]) -> dict[str, str]:
    hits = [pair for pair in pairs if pair.found]
    same = sum(pair.found.killed in (pair.event.killed or ((None, None),)) for pair in hits if pair.found)
    figures = {"killed right": f"{same}/{len(hits)}"}
    for kind in ("killed", "injured"):
        told = [pair for pair in pairs if _tells(getattr(pair.event, kind))]
        right_ones = 0
        for pair in told:
            got = getattr(pair.found, kind) if pair.found else (None, None)
            right_ones += got != (None, None) and got in getattr(pair.event, kind)
        figures[f"{kind} found"] = f"{right_ones}/{len(told)}"
    return figures


def _tells(counts: Sequence[tuple[int | None, int | None]]) -> bool:
    """The text says a number: no accepted answer is "nothing said"."""
    return bool(counts) and all(count != (None, None) for count in counts)


def _hard(pairs: Sequence[Pair]) -> dict[str, str]:
    """What a program that always answers "on the day of publication" and "reported" gets wrong."""
    dates = [pair for pair in pairs if all(d.first for d in pair.event.dates) and not _published_is_right(pair.event)]
    statuses = [pair for pair in pairs if "current" not in right.status_groups(pair.event)]
    return {
        "hard dates right": f"{sum(_is_right(pair, 'date') for pair in dates)}/{len(dates)}",
        "hard statuses right": f"{sum(_is_right(pair, 'status') for pair in statuses)}/{len(statuses)}",
    }


_NOTHING = Found("", None, 0, 0, "", "current", None, None, None, None, (None, None), (None, None), None, "")


def _published_is_right(event: GoldEvent) -> bool:
    return right.date_right(replace(_NOTHING, first=event.published), event)


def _current_incidents(pairs: Sequence[Pair]) -> str:
    """What a reader of the map sees: current incidents of which at least one statement is wholly right."""
    seen: dict[str, bool] = {}
    for pair in pairs:
        incident = pair.event.incident
        if incident and "current" in right.status_groups(pair.event):
            good = pair.found is not None and not set(pair.wrong) & {"place", "date"}
            good = good and pair.found is not None and pair.found.status_group == "current"
            seen[incident] = seen.get(incident, False) or good
    return f"{sum(seen.values())}/{len(seen)}"
