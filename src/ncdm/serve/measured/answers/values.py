"""Answers with the values of measures and the rows behind them."""

from datetime import date

from pydantic.dataclasses import dataclass

from ncdm.measures.value import State
from ncdm.serve.answers import TOLD, Answer


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Place(Answer):
    """A group: a subject, a site, a country, a region, or the study."""

    label: str
    region: str | None
    country: str | None
    site_id: str | None
    subject_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class MeasureValue(Answer):
    """A measure of one group."""

    place: Place
    value: float | None
    state: State
    reason: str | None
    """Why it is not known, or not wholly."""
    numerator: float | None
    denominator: float | None
    rejected: int
    """Rejected lines of the reports that it needs: nobody knows what they would have said."""
    as_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Adding(Answer):
    """One row behind a number."""

    ref: str
    adds: float | None
    """``null`` where its cell does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Evidence(Answer):
    """A part of a number with the rows behind it."""

    part: str
    """numerator, denominator, rows, days or ceiling."""
    code: str
    """The measure that counts these rows."""
    title: str
    unit: str
    total: int
    """How many rows there are; ``rows`` holds the first of them."""
    adds: float
    """The sum of what the rows add, as far as their cells tell."""
    untold: int
    """Rows whose cell does not tell."""
    rows: tuple[Adding, ...]
