"""The folder that a portfolio is written into: made or emptied before, and taken back when it cannot be written to its end."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ncdm.errors import InvalidQuestion, NcdmError, StorageFull

MARKER = "DEMO-DATA.txt"
"""A delivery in or above whose folder this file stands is demo data."""
TRUTH = "truth.json"


@contextmanager
def room(folder: Path) -> Iterator[None]:
    """A folder in which nothing stands but what a person put beside an earlier demo; when the writing fails, it is so again.

    Raises `InvalidQuestion` for a folder that holds other files or cannot be written, `StorageFull` when the disk is full.
    """
    absent = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
    kept: frozenset[str] | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = _emptied(folder)
        yield
    except BaseException as error:
        with suppress(OSError):
            if kept is not None:
                _clear(folder, kept)
        for place in absent:
            with suppress(OSError):
                place.rmdir()
        if isinstance(error, OSError):
            raise _in_words(folder, error) from error
        raise


def _emptied(folder: Path) -> frozenset[str]:
    """Remove what an earlier demo wrote, and nothing else; the names of what stays."""
    if any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise InvalidQuestion("The folder holds files that are no demo data", where=str(folder), todo="Name a new or an empty folder.")
    (folder / MARKER).touch()  # a folder that may not be written says so before the earlier demo is gone
    ours = {child.name for child in folder.iterdir() if child.is_dir() and (child / MARKER).is_file()} | {MARKER, TRUTH}
    kept = frozenset(child.name for child in folder.iterdir() if child.name not in ours)
    for name in sorted(ours - {MARKER, TRUTH}):
        shutil.rmtree(folder / name)
    (folder / TRUTH).unlink(missing_ok=True)
    return kept


def _clear(folder: Path, kept: frozenset[str]) -> None:
    """Take back what was written."""
    for child in folder.iterdir():
        if child.name in kept:
            continue
        if child.is_dir():
            shutil.rmtree(child, ignore_errors=True)
        else:
            child.unlink(missing_ok=True)


def _in_words(folder: Path, error: OSError) -> NcdmError:
    """What the disk said, so that people can act on it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return StorageFull(
            "the disk is full; nothing of the portfolio was kept", where=str(folder), todo="Free space, or name a folder elsewhere."
        )
    what = "a file is in the way" if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror or str(error)
    return InvalidQuestion(
        f"the folder cannot be written: {what}", where=str(folder), todo="Name a folder that you may write to, new or empty."
    )
