"""Events become incidents: statements of the same thing merged, every source kept, their contradictions listed."""

from geo.incidents.merge import merge

__all__ = ["merge"]
