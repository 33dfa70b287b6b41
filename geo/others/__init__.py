"""What others made: coded tables shaped as ACLED's or UCDP's, and GeoJSON of any kind, read into our rows."""

from geo.others.coded import Coded, read_coded, scheme_of
from geo.others.read import is_others, read

__all__ = ["Coded", "is_others", "read", "read_coded", "scheme_of"]
