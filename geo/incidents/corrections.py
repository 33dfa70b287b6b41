"""What people know better than the extractor: decisions on events and incidents, each with who decided and why."""

from __future__ import annotations

from collections.abc import Sequence

from geo.model import Event


class Corrections:
    """Decisions read from a file; see `load`."""

    def apart_and_together(self, events: Sequence[Event]) -> tuple[set[tuple[int, int]], list[tuple[int, int]]]:
        """Index pairs that must stay apart, and those that must be one incident."""
        return set(), []
