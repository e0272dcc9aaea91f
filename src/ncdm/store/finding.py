"""A finding: one exception to what contracts and checks promise, with the rows it is about."""

from dataclasses import dataclass

from ncdm.store.notices import Notice
from ncdm.types import Severity, StudyId


@dataclass(frozen=True, slots=True)
class Finding:
    """One exception."""

    code: str
    title: str
    severity: Severity
    study_id: StudyId
    what: str
    kind: str | None = None
    table: str | None = None
    subject_id: str | None = None
    site_id: str | None = None
    refs: tuple[str, ...] = ()
    file_no: int | None = None


def noticed(
    notice: Notice,
    study: StudyId,
    what: str,
    *,
    kind: str | None = None,
    table: str | None = None,
    refs: tuple[str, ...] = (),
    file_no: int | None = None,
) -> Finding:
    """The finding that a notice becomes."""
    return Finding(notice.code, notice.title, notice.severity, study, what, kind, table, refs=refs, file_no=file_no)
