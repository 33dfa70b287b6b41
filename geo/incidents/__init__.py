"""Events become incidents: statements of the same thing merged, every source kept, their contradictions listed."""

from geo.incidents.corrections import Corrections, Orphan, apply
from geo.incidents.corrections import problems as correction_problems
from geo.incidents.merge import merge

__all__ = ["Corrections", "Orphan", "apply", "correction_problems", "merge"]
