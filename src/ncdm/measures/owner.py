"""Who must act on what stands in the way, and what says so."""

from collections.abc import Mapping
from enum import StrEnum

from ncdm.measures.criterion import Criterion
from ncdm.types import StudyId

Responsible = Mapping[StudyId, Mapping[str, str]]
"""Study -> column of the subject sheet -> who its workbook says is responsible for it."""


class OwnerSource(StrEnum):
    """What says who must act."""

    WORKBOOK = "workbook"
    """The line below the header of the subject sheet."""
    REPORT = "report"
    """The row itself."""
    DEFAULT = "default"
    """Neither: the product's own."""


def owner_of(
    responsible: Responsible,
    criterion: Criterion,
    study: StudyId,
    column: str | None = None,
    text: str | None = None,
    default: str | None = None,
) -> tuple[str, OwnerSource]:
    """Who must act: the workbook says it of the row's own column or of the criterion's, else the row, else the product's default."""
    told = responsible.get(study, {})
    for name in criterion.owner_columns if column is None else (column,):
        if name in told:
            return told[name], OwnerSource.WORKBOOK
    if text is not None:
        return text, OwnerSource.REPORT
    return (criterion.owner if default is None else default), OwnerSource.DEFAULT
