"""How often a spelling we have never seen finds its place: leave one recorded variant out, look it up, compare.

    python tests/bench/name_keys.py ../shared/data/gazetteers/SY.txt [--sample 3000] [--errors 20]

For each of `--sample` places one recorded variant is taken out of the dump, the rest is compiled as by
`geo gazetteer import geonames`, and the variant is looked up.

The first table says how often the right place is found: by another spelling that differs in case, accents and marks
only (exact), by one with the same Double Metaphone code (needs `pip install .[bench]`; the code knows Latin letters
only), and by our keys; and how many places each offers for a name.

The second is about ours. "first": once the governorate is known, the right place alone has the best score. "wrong":
another place of that governorate alone has it, by a margin. "free first" and "free wrong" are the same without knowing
the governorate.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

try:
    from metaphone import doublemetaphone
except ImportError:  # only this comparison needs it
    doublemetaphone = None

from geo.gazetteer import import_from, load
from geo.gazetteer.spelling import is_arabic, plain
from geo.model import Candidate

FOUND = {"exact": "exact", "Double Metaphone": "metaphone", "ours": "among"}
OFFERED = {"Double Metaphone offers": "metaphone candidates", "ours offers": "candidates"}
OURS = ("first", "tied", "behind", "wrong", "missed", "free first", "free tied", "free wrong")
MARGIN = 0.05  # a lead that a resolver without context would take for an answer


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--sample", type=int, default=3000)
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong answers and misses")
    options = parser.parse_args()
    rows = [line.rstrip("\n").split("\t") for line in options.dump.read_text(encoding="utf-8").splitlines()]
    table: list[tuple[str, Counter[str], float]] = []
    shown_errors: list[str] = []
    for script in ("latin", "arabic"):
        held_out = sample(rows, script=script, size=options.sample)
        started = time.perf_counter()
        counts, errors = measure(rows, held_out)
        table.append((script, counts, time.perf_counter() - started))
        shown_errors += [f"{script}: {error}" for error in errors[: options.errors]]
    print(report(table))
    print(*shown_errors, sep="\n")


def sample(rows: list[list[str]], *, script: str, size: int) -> dict[str, str]:
    """Id -> the variant to leave out, of places in an order that depends on nothing but their ids."""
    chosen = {}
    for row in sorted(rows, key=lambda row: hashlib.sha256(row[0].encode()).hexdigest()):
        variants = [name for name in row[3].split(",") if name and is_script(name, script)]
        variants = [name for name in variants if name not in row[1:3]]
        if variants and len([name for name in {*row[1:3], *row[3].split(",")} if is_script(name, script)]) > 1:
            pick = int(hashlib.sha256(row[0].encode()).hexdigest(), 16) % len(variants)
            chosen[row[0]] = variants[pick]
        if len(chosen) == size:
            break
    return chosen


def is_script(name: str, script: str) -> bool:
    """Whether a name is written in Latin or in Arabic letters."""
    return (
        is_arabic(name)
        if script == "arabic"
        else plain(name).replace(" ", "").isascii() and any(map(str.isalpha, name))
    )


def measure(rows: list[list[str]], held_out: dict[str, str]) -> tuple[Counter[str], list[str]]:
    """Counts of what came out, and the misses in words."""
    regions = {row[0]: row[10] for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        dump, out = Path(folder, "rest.txt"), Path(folder, "rest.sqlite")
        lines = []
        for row in rows:
            variant = held_out.get(row[0])
            rest = [name for name in row[3].split(",") if name != variant]
            lines.append("\t".join([*row[:3], ",".join(rest), *row[4:]]))
        dump.write_text("\n".join(lines) + "\n", encoding="utf-8")
        import_from("geonames", dump, out)
        gazetteer = load([out], default=False)
        counts: Counter[str] = Counter()
        errors = []
        codes = metaphones(line.split("\t") for line in lines)
        for id_, variant in held_out.items():
            candidates = gazetteer.lookup(variant)
            inside = [c for c in candidates if regions.get(c.place.id.removeprefix("geonames:")) == regions[id_]]
            right = f"geonames:{id_}"
            outcome, free = verdict(inside, right), verdict(candidates, right)
            counts["all"] += 1
            alike = set().union(*(codes.get(code, set()) for code in metaphone(variant)))
            counts["metaphone"] += id_ in alike
            counts["metaphone candidates"] += len(alike)
            counts["candidates"] += len(candidates)
            counts["exact"] += any(c.place.id == right and c.why == "exact name" for c in candidates)
            counts["among"] += any(candidate.place.id == right for candidate in candidates)
            counts[outcome] += 1
            counts["free " + free] += 1
            if outcome in ("wrong", "missed"):
                known = gazetteer.get(right)
                shown = [(c.place.name, c.score, c.why) for c in inside[:2]]
                errors.append(f"{outcome}: {variant} of {known and known.names[:6]}: {shown}")
    return counts, errors


def metaphones(rows: Iterable[list[str]]) -> dict[str, set[str]]:
    """The ids of the places that have a spelling with a Double Metaphone code."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for name in {*row[1:3], *row[3].split(",")}:
            for code in metaphone(name):
                found.setdefault(code, set()).add(row[0])
    return found


def metaphone(name: str) -> set[str]:
    """Both Double Metaphone codes of a name, read as one word; none where the package is not installed."""
    if doublemetaphone is None:
        return set()
    return {code for code in doublemetaphone(plain(name).replace(" ", "")) if code}


def verdict(candidates: list[Candidate], right: str) -> str:
    """First, tied, wrong (another leads by a margin), behind or missed."""
    if not candidates:
        return "missed"
    best = candidates[0].score
    leaders = [candidate.place.id for candidate in candidates if candidate.score == best]
    if leaders == [right]:
        return "first"
    if right in leaders:
        return "tied"
    others = [candidate.score for candidate in candidates[1:]]
    if len(leaders) == 1 and (not others or best - others[0] >= MARGIN):
        return "wrong"
    return "behind"


def report(table: list[tuple[str, Counter[str], float]]) -> str:
    """Both tables, a row for each script."""
    rows = [["", "names", *FOUND, *OFFERED, "seconds"]]
    for script, counts, seconds in table:
        found = [f"{counts[key] / counts['all']:.3f}" for key in FOUND.values()]
        offered = [f"{counts[key] / counts['all']:.1f}" for key in OFFERED.values()]
        rows.append([script, str(counts["all"]), *found, *offered, f"{seconds:.1f}"])
    ours = [["", *OURS]]
    ours += [[script, *(f"{counts[key] / counts['all']:.3f}" for key in OURS)] for script, counts, _ in table]
    return "\n\n".join(_aligned(each) for each in (rows, ours))


def _aligned(rows: list[list[str]]) -> str:
    """Rows of cells as lines, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in rows)


if __name__ == "__main__":
    main()
