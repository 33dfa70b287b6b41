"""Files: YAML read strictly with line numbers, outputs written whole or not at all, our own data files found."""

from geo.files.atomic import writing
from geo.files.shipped import shipped
from geo.files.strict_yaml import Document, load, parse

__all__ = ["Document", "load", "parse", "shipped", "writing"]
