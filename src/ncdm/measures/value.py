"""A number that knows how much it is worth: known, a lower bound, unknown and why, or not applicable."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How much a value is worth. Only ``known`` counts as known."""

    KNOWN = "known"
    AT_LEAST = "at least"
    """Some rows or reports do not tell: the value is a lower bound."""
    PARTIAL = "partial"
    """A ratio over the groups below that are known; the others are named."""
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    """The denominator is zero."""


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """One subject, site, country, region or study, or the portfolio. What is above a level or does not apply is ``None``."""

    study_id: str | None = None
    region: str | None = None
    country: str | None = None
    site_id: str | None = None
    subject_id: str | None = None

    @property
    def label(self) -> str:
        """The name of the group within its study."""
        return self.subject_id or self.site_id or self.country or self.region or self.study_id or "all studies"


class Level(StrEnum):
    """How far rows are brought together."""

    SUBJECT = "subject"
    SITE = "site"
    COUNTRY = "country"
    REGION = "region"
    STUDY = "study"
    PORTFOLIO = "portfolio"


@dataclass(frozen=True, slots=True)
class Value:
    """One number of one group with what it is made of."""

    group: Group
    value: float | None
    numerator: float | None
    denominator: float | None
    state: State
    reason: str | None
    """Why it is not known; what is missing from a lower bound."""
    rejected: int
    """Lines of the reports it is made of that were rejected, in the whole study: they are in no count."""
    as_of: dt.date | None
