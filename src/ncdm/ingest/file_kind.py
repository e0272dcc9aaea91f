"""The report kind that a file's name suggests: a fall-back, for files whose content tells nothing."""

from pathlib import PurePosixPath

from ncdm.contracts import KINDS
from ncdm.ingest.spelling import similarity, squeeze
from ncdm.types import KindCode

_ORDER = ("edrr", "cpid", "visit_tracker", "labs", "sae", "inactivated", "missing_pages", "meddra", "whodrug")
"""An EDRR file may be called CPID EDRR, never the reverse; the folder is never looked at, all folders say CPID."""


def kind_by_name(name: str) -> KindCode | None:
    """The first kind one of whose words stands in the file's name, misspelt perhaps (data-contracts section 2)."""
    words = {kind.code: kind.file_words for kind in KINDS}
    stem = PurePosixPath(name).stem
    squeezed = squeeze(stem)
    parts = [squeeze(part) for part in stem.replace("-", " ").replace("_", " ").split()]
    for code in _ORDER:
        if any(word in squeezed for word in words[KindCode(code)]):
            return KindCode(code)
    for code in _ORDER:
        if any(similarity(word, start) for word in words[KindCode(code)] for part in parts for start in (part, part[: len(word)])):
            return KindCode(code)
    return None
