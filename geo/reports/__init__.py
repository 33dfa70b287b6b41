"""Files become reports: digests, articles, tables, web pages, feeds."""

from geo.reports.files import walk
from geo.reports.formats import deduplicate, read

__all__ = ["deduplicate", "read", "walk"]
