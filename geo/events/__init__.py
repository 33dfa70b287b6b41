"""A report with resolved places becomes events: type, place, date, who says so, how many were hurt, how sure."""

from geo.events.extract import SCENE_ROLES, extract
from geo.events.ontology import load_ontology
from geo.model import Report, Span

__all__ = ["SCENE_ROLES", "extract", "load_ontology", "whole"]


def whole(report: Report) -> Span:
    """The span of a report's whole text."""
    return Span(0, len(report.text))
