"""Answers about what numbers mean."""

from pydantic.dataclasses import dataclass

from ncdm.serve.answers import TOLD, Answer


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Fact(Answer):
    """One more thing that a declaration says."""

    name: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Definition(Answer):
    """What a number means."""

    code: str
    title: str
    kind: str
    """count, ratio, spread, key risk indicator, criterion or index."""
    unit: str
    what: str
    why: str
    formula: str
    source: str
    example: str
    limits: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Gap(Answer):
    """What these exports do not tell, so that no number of it exists."""

    code: str
    title: str
    why: str
    needed: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Definitions(Answer):
    """Everything that is computed, and what cannot be."""

    definitions: tuple[Definition, ...]
    gaps: tuple[Gap, ...]
