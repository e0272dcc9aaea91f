"""The report kind that a file's name suggests: a fall-back, for files whose content tells nothing."""

from pathlib import PurePosixPath

from ncdm.contracts import KINDS
from ncdm.ingest.spelling import similarity, squeeze
from ncdm.types import KindCode


def kind_by_name(name: str) -> KindCode | None:
    """The first kind one of whose words stands in the file's name, misspelt perhaps (data-contracts section 2).

    The kinds are asked in their order; the folder is never looked at, since all folders say CPID.
    """
    stem = PurePosixPath(name).stem
    squeezed = squeeze(stem)
    parts = [squeeze(part) for part in stem.replace("-", " ").replace("_", " ").split()]
    for kind in KINDS:
        if any(word in squeezed for word in kind.file_words):
            return kind.code
    for kind in KINDS:
        if any(similarity(word, start) for word in kind.file_words for part in parts for start in (part, part[: len(word)])):
            return kind.code
    return None
