"""An event while it is being put together: what its sentence states, and what it still has to borrow."""

from __future__ import annotations

from dataclasses import dataclass

from geo.events.stance import Saying, Stance
from geo.events.triggers import Found
from geo.model import Party, Resolution, Sentence, Toll, When


@dataclass(slots=True)
class Draft:
    """One trigger with its places, date and stance. `number` counts the sentences of the report."""

    number: int
    ordinal: int  # counts the sentences of the body
    sentence: Sentence
    words: str  # the trigger as printed
    found: Found
    type: str
    stance: Stance
    told: Saying
    places: list[Resolution]
    when: When
    dated: bool  # its own sentence gives the date
    placed: bool  # its own sentence gives the place
    loosely: bool = False  # ... but only in another clause
    refers: bool = False
    cost: float = 0.0
    tolls: tuple[Toll, ...] = ()
    parties: tuple[Party, ...] = ()
    weapon: str | None = None
    target: str | None = None
    where_from: str = ""
    when_from: str = ""
    antecedent: Draft | None = None
    aside: bool = False  # in a relative clause: "..., which fell on Wednesday"
    marker: str = ""  # the word that opens its clause
    also_definite: tuple[str, ...] = ()  # families of "the fighting" and the like beside it
    specified: bool = False  # "the attack by X on Y" tells all of it and refers to nothing
    section: Resolution | None = None  # the place that heads the section
    offset: tuple[int, When] | None = None  # so many days from the event before it in its sentence

    @property
    def status(self) -> str:
        """The status so far."""
        return self.stance.status or "reported"
