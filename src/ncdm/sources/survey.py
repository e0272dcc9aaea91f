"""The files of a delivery: which are to be read, which cannot be taken, which are something else. Nothing is left unsaid."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ncdm.errors import NotFound
from ncdm.sources.archive import unpack
from ncdm.sources.found import FoundFile
from ncdm.sources.limits import LIMITS, Limits
from ncdm.sources.names import displayable
from ncdm.sources.refusal import RefusalCode, Refused, Unfit, refused
from ncdm.sources.sorting import Sort, sort


class Ignored(NamedTuple):
    """A file that is no spreadsheet, and why it is taken for none."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that a delivery holds; each part sorted by name."""

    files: tuple[FoundFile, ...]
    refused: tuple[Refused, ...]
    ignored: tuple[Ignored, ...]


def survey(folder: Path, staging: Path, limits: Limits = LIMITS) -> Survey:
    """List what a folder, a single file or a zipped folder delivers.

    No link is followed. Zipped folders are unpacked into ``staging``, which belongs to the caller and can go once the files are kept.
    """
    if not folder.exists():
        raise NotFound("There is no such folder or file", where=displayable(str(folder)), todo="Check the path.")
    found = sorted(_looked_at(folder, staging, limits), key=lambda item: item.name)
    return Survey(
        tuple(item for item in found if isinstance(item, FoundFile)),
        tuple(item for item in found if isinstance(item, Refused)),
        tuple(item for item in found if isinstance(item, Ignored)),
    )


def _looked_at(folder: Path, staging: Path, limits: Limits) -> Iterator[FoundFile | Refused | Ignored]:
    candidates = _walk(folder) if folder.is_dir() else iter([(folder.name, folder.resolve())])
    for name, path in candidates:
        shown = displayable(name)
        size = 0
        try:
            status = path.lstat()
            size = status.st_size
            yield from _look(path, name, status, staging, limits)
        except Unfit as unfit:
            yield refused(shown, size, None, unfit)
        except PermissionError:
            yield refused(shown, size, None, Unfit(RefusalCode.UNREADABLE, "no right to read it"))


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder, and every folder that cannot be listed, by its name from there."""
    open_folders = [("", folder)]
    while open_folders:
        inside, place = open_folders.pop()
        try:
            with os.scandir(place) as listing:
                entries = list(listing)
        except OSError:
            yield inside.rstrip("/"), place
            continue
        for entry in entries:
            name = inside + entry.name
            if entry.is_dir(follow_symlinks=False):
                open_folders.append((name + "/", place / entry.name))
            else:
                yield name, place / entry.name


def _look(path: Path, name: str, status: os.stat_result, staging: Path, limits: Limits) -> Iterator[FoundFile | Refused | Ignored]:
    kind, why = sort(name)
    shown = displayable(name)
    if stat.S_ISDIR(status.st_mode):
        raise Unfit(RefusalCode.UNREADABLE, "the folder cannot be listed")
    if stat.S_ISLNK(status.st_mode):
        raise Unfit(RefusalCode.LINK)
    if not stat.S_ISREG(status.st_mode):
        raise Unfit(RefusalCode.NOT_A_FILE)
    if kind is Sort.ASIDE:
        yield Ignored(shown, why)
        return
    if kind is Sort.ARCHIVE:
        raise Unfit(RefusalCode.UNKNOWN_FORMAT, "an archive of a kind that is not opened")
    if status.st_size == 0:
        raise Unfit(RefusalCode.EMPTY)
    if status.st_size > limits.packed_bytes:
        raise Unfit(RefusalCode.TOO_LARGE, f"{status.st_size:,} of {limits.packed_bytes:,} bytes")
    with path.open("rb"):  # whether it may be read is better known now than when everything else is loaded
        pass
    if kind is Sort.SPREADSHEET:
        yield FoundFile(path, shown, status.st_size)
        return
    for item in unpack(path, shown, staging, limits):
        yield Ignored(*item) if isinstance(item, tuple) else item
