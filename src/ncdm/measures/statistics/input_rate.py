"""A numerator and a denominator for each subject, from rows about subjects."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.groups import SITE, FloatArray, Transformed, fixed, transform_rate


@dataclass(frozen=True, slots=True)
class SourceRows:
    """Rows about subjects that are counted, or whose values are added up.

    Without ``value`` each row counts one (gsm's method Count); with it, one value a row is added up (Sum), missing ones ignored.
    """

    subject_id: tuple[str | None, ...]
    value: tuple[float | None, ...] | None = None

    def __post_init__(self) -> None:
        if self.value is not None and len(self.value) != len(self.subject_id):
            raise InvalidQuestion(f"{len(self.value)} values for {len(self.subject_id)} rows", where="value", todo="give one value a row")

    def by_subject(self) -> dict[str | None, float]:
        """The total of each subject that has a row."""
        parts: dict[str | None, list[float]] = {}
        for row, subject in enumerate(self.subject_id):
            value = 1.0 if self.value is None else self.value[row]
            held = parts.setdefault(subject, [])
            if value is not None and not math.isnan(value):
                held.append(value)
        return {subject: math.fsum(held) for subject, held in parts.items()}


@dataclass(frozen=True, slots=True, eq=False)
class InputRate:
    """One row a listed subject that has a group, in the order they were listed."""

    subject_id: tuple[str | None, ...]
    group_id: tuple[str, ...]
    group_level: str
    numerator: FloatArray
    denominator: FloatArray
    without_group: tuple[str | None, ...]
    """Listed subjects that were left out because they have no group."""
    unlisted: tuple[str | None, ...]
    """Subjects of the rows that are not listed; their rows count nowhere."""

    @property
    def metric(self) -> FloatArray:
        """Numerator over denominator of each subject; NaN or infinite where the denominator is zero."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.numerator / self.denominator

    def by_group(self) -> Transformed:
        """The subjects added up by group."""
        return transform_rate(self.group_id, self.numerator, self.denominator, self.group_level)


def input_rate(
    subject_id: Sequence[str | None],
    group_id: Sequence[str | None],
    numerator: SourceRows,
    denominator: SourceRows,
    group_level: str = SITE,
) -> InputRate:
    """Gives each listed subject the total of its numerator rows and of its denominator rows; a subject without rows has 0.

    Zero is right here and only here: the caller says that the rows are complete. Where a report is absent do not call this at all, say
    unknown. Subjects without a group and rows of unlisted subjects are left out and named in the result.

    Raises:
        InvalidQuestion: lengths differ, or every subject's denominator is 0 (also when there is no denominator row).

    Source: ``Input_Rate`` of gsm.core 1.1.3, which warns where this names; measures-and-statistics 4.1.
    """
    if len(subject_id) != len(group_id):
        raise InvalidQuestion(f"{len(group_id)} groups for {len(subject_id)} subjects", where="group_id", todo="give one group a subject")
    top, below = numerator.by_subject(), denominator.by_subject()
    if not any(below.values()):
        raise InvalidQuestion("every denominator is 0", where="denominator", todo="look at the rows the denominator is taken from")
    kept = [(subject, group) for subject, group in zip(subject_id, group_id, strict=True) if group is not None]
    listed = set(subject_id)
    return InputRate(
        tuple(subject for subject, _ in kept),
        tuple(group for _, group in kept),
        group_level,
        fixed([top.get(subject, 0.0) for subject, _ in kept]),
        fixed([below.get(subject, 0.0) for subject, _ in kept]),
        tuple(subject for subject, group in zip(subject_id, group_id, strict=True) if group is None),
        tuple(sorted((top.keys() | below.keys()) - listed, key=lambda subject: subject or "")),
    )
