"""Files of a delivery that are no spreadsheets: nothing of them is read, and nothing is passed over in silence."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ncdm.ingest.file_name import masked
from ncdm.sources import Survey, meant

DEMO_MARK = "DEMO-DATA.txt"
"""A file of this name in a folder says: what lies below is generated (see `ncdm.demo`)."""
_DEMO_OWN = frozenset({DEMO_MARK, "truth.json"})


def demo_folders(found: Survey) -> frozenset[PurePosixPath]:
    """The folders that are marked as demo data."""
    names = map(PurePosixPath, (ignored.name for ignored in found.ignored))
    return frozenset(name.parent for name in names if name.name == DEMO_MARK)


def unread(found: Survey) -> tuple[str, ...]:
    """The masked names of the files that a person delivered and that no one reads, without what the demo writes beside its workbooks."""
    return tuple(masked(name) for name in _unread(found))


def _unread(found: Survey) -> Iterator[str]:
    marked = demo_folders(found)
    for ignored in found.ignored:
        path = PurePosixPath(ignored.name)
        if meant(ignored.name) and not (path.name in _DEMO_OWN and path.parent in marked):
            yield ignored.name
