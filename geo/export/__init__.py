"""Rows become files: GeoJSON, tables and GIS formats, one set of columns in all of them; and back again."""

from geo.export.back import is_export, is_ours, read_back
from geo.export.filters import keep
from geo.export.formats import exporters, write
from geo.export.geojson import feature
from geo.export.rows import event_row, incident_row

__all__ = ["event_row", "exporters", "feature", "incident_row", "is_export", "is_ours", "keep", "read_back", "write"]
