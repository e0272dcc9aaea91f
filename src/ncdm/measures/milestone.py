"""A milestone: which criteria a subject must pass for it, and which are only shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Milestone:
    """Gates and shown criteria by their codes; see section 2 of the specification of measures."""

    code: str
    title: str
    gates: tuple[str, ...]
    shown: tuple[str, ...] = ()
    why: str
