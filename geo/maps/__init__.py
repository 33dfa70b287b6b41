"""The page: incidents become one self-contained HTML file with a map, filters, and every source's sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.maps.page import IncidentMap, build, is_ready, languages

__all__ = ["IncidentMap", "build", "is_ready", "languages"]


def __getattr__(name: str) -> Any:
    """Import the page and folium when they are first asked for: the build step needs neither."""
    if name in __all__:
        from geo.maps import page

        return getattr(page, name)
    raise AttributeError(f"module 'geo.maps' has no attribute {name!r}")
