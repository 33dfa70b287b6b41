"""What others made: coded tables shaped as ACLED's or UCDP's, tables of positions, any GeoJSON, as rows of ours."""

from geo.others.coded import Coded, read_coded, scheme_of
from geo.others.read import is_others, read

__all__ = ["Coded", "is_others", "read", "read_coded", "scheme_of"]
