"""A zipped delivery, unpacked into a staging folder under names of our own, so that no name inside it decides where bytes go."""

import errno
import mmap
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ncdm.errors import StorageFull
from ncdm.sources import zipdir
from ncdm.sources.found import FoundFile
from ncdm.sources.limits import Limits
from ncdm.sources.names import displayable
from ncdm.sources.refusal import RefusalCode, Refused, Unfit, refused
from ncdm.sources.sorting import Sort, sort

_DRIVE = re.compile(r"^[A-Za-z]:")


def unpack(archive: Path, name: str, staging: Path, limits: Limits) -> list[FoundFile | Refused | tuple[str, str]]:
    """Each member as a staged file, why it cannot be taken, or why it is ignored; raises ``Unfit`` when the archive as a whole cannot."""
    staging.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="unpacked-", dir=staging))
    try:
        with archive.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return list(_members(content, name, folder, limits))
    except BaseException as fault:
        for staged in folder.iterdir():
            staged.unlink()
        folder.rmdir()
        if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull("There is no room to unpack the archive", where=name, todo="Free some space and load it again.") from fault
        raise


def _members(content: mmap.mmap, archive: str, folder: Path, limits: Limits) -> Iterator[FoundFile | Refused | tuple[str, str]]:
    room = limits.unpacked_bytes
    for number, member in enumerate(zipdir.members(content, limits.delivery_members), start=1):
        if member.folder:
            continue
        name = f"{archive}/{displayable(member.name.removeprefix('./'))}"
        kind, why = sort(member.name)
        try:
            _check(member, kind)
            if kind is Sort.ASIDE:
                yield name, why
                continue
            staged = folder / f"{number:05}"
            size = _stage(content, member, staged, limits)
        except Unfit as unfit:
            yield refused(name, member.unpacked, None, unfit)
            continue
        room -= size
        if room < 0:
            raise Unfit(RefusalCode.UNPACKED_TOO_LARGE, f"more than {limits.unpacked_bytes:,} bytes")
        yield FoundFile(staged, name, size)


def _check(member: zipdir.Member, kind: Sort) -> None:
    """Refuse by the directory alone."""
    if member.link:
        raise Unfit(RefusalCode.LINK)
    if member.name.startswith("/") or _DRIVE.match(member.name) or ".." in member.name.split("/") or "\0" in member.name:
        raise Unfit(RefusalCode.UNSAFE_PATH, member.name)
    if kind in (Sort.ZIP, Sort.ARCHIVE):
        raise Unfit(RefusalCode.NESTED)
    if kind is Sort.SPREADSHEET and member.unpacked == 0:
        raise Unfit(RefusalCode.EMPTY)


def _stage(content: mmap.mmap, member: zipdir.Member, staged: Path, limits: Limits) -> int:
    """Write one member; what breaks a rule on the way leaves no file."""
    try:
        with staged.open("xb") as target:
            return sum(map(target.write, _bounded(zipdir.pieces(content, member, limits), limits.packed_bytes)))
    except Unfit:
        staged.unlink()
        raise


def _bounded(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise Unfit(RefusalCode.TOO_LARGE, f"more than {most:,} bytes")
        yield piece
