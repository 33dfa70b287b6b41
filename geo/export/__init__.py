"""Rows become files: GeoJSON, tables and GIS formats, one set of columns in all of them."""

from geo.export.formats import exporters, write
from geo.export.geojson import feature
from geo.export.rows import event_row, incident_row

__all__ = ["event_row", "exporters", "feature", "incident_row", "write"]
