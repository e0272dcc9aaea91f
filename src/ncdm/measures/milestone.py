"""A milestone: which criteria a subject must pass for it, and which are only shown."""

from dataclasses import dataclass

from ncdm.measures.measure import Count


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Milestone:
    """Gates and shown criteria by their codes; see section 2 of the specification of measures."""

    code: str
    title: str
    gates: tuple[str, ...]
    shown: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    """Counts that stand beside the criteria and gate nothing."""
    why: str = ""
