"""Dateline: reports in, a map out.

    import geo
    reports = geo.read("seeds/")
    events = geo.extract(reports)
    incidents = events.merge()
    incidents.to_map().save("page.html")

Everything heavy is imported where it is used, so that `import geo` is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.api import Events, Incidents, Reports, extract, read

__all__ = ["Events", "Incidents", "Reports", "__version__", "extract", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the public names when they are first asked for."""
    if name in __all__:
        from geo import api

        return getattr(api, name)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")
