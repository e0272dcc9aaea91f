"""The delivered bytes, kept for ever under their own hash."""

import errno
import hashlib
import os
import tempfile
from io import FileIO
from pathlib import Path

from ncdm.errors import RefusedFile, StorageFull
from ncdm.sources.found import FoundFile
from ncdm.sources.limits import LIMITS, Limits
from ncdm.sources.refusal import RefusalCode, Refused, Unfit, refused
from ncdm.sources.regular import open_regular
from ncdm.types import Sha256

_BLOCK = 1 << 20
_INCOMING = ".incoming-"


class NotKept(RefusedFile):
    """A file whose bytes could not be kept; carries its receipt."""

    def __init__(self, receipt: Refused) -> None:
        super().__init__(receipt.reason, where=receipt.name, todo=receipt.todo)
        self.refused = receipt


def digest(path: Path) -> Sha256:
    """The SHA-256 of a file, read once, in blocks."""
    with path.open("rb") as stream:
        return Sha256(hashlib.file_digest(stream, "sha256").hexdigest())


def keep(file: FoundFile, raw: Path, limits: Limits = LIMITS) -> tuple[Sha256, Path]:
    """Keep the file's bytes, unchanged, as ``raw/<2 hex>/<sha256>``; keeping them twice is keeping them once.

    The bytes are on disk before the name is: temporary name, fsync, rename, fsync of the folder. Bytes that are already kept are only
    hashed.
    """
    try:
        with open_regular(file.path, limits.packed_bytes) as stream:
            sha256 = Sha256(hashlib.file_digest(stream, "sha256").hexdigest())
            kept = _place(raw, sha256)
            if _holds(kept, stream.tell()):
                return sha256, kept
            stream.seek(0)
            return _copy(file, stream, raw, limits)
    except Unfit as unfit:
        raise NotKept(refused(file.name, file.size, None, unfit)) from unfit


def tidy(raw: Path) -> int:
    """Remove what an interrupted ``keep`` left, and say how many files that were; only for the one process that may write here."""
    left = list(raw.glob(_INCOMING + "*"))
    for path in left:
        path.unlink()
    return len(left)


def _copy(file: FoundFile, source: FileIO, raw: Path, limits: Limits) -> tuple[Sha256, Path]:
    """Copy while hashing again: should the file have changed meanwhile, the name still tells the bytes that were kept."""
    if not raw.is_dir():
        raw.mkdir(parents=True, exist_ok=True)
        _sync_folder(raw.parent)
    handle, name = tempfile.mkstemp(prefix=_INCOMING, dir=raw)
    incoming = Path(name)
    try:
        with FileIO(handle, "wb") as target:
            sha256 = _fill(target, source, limits)
            os.fsync(handle)
        kept = _place(raw, sha256)
        if not kept.parent.is_dir():
            kept.parent.mkdir(exist_ok=True)
            _sync_folder(raw)
        incoming.replace(kept)
        _sync_folder(kept.parent)
    except BaseException as fault:
        incoming.unlink(missing_ok=True)
        if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull("There is no room to keep the file", where=file.name, todo="Free some space and load it again.") from fault
        raise
    return sha256, kept


def _fill(target: FileIO, source: FileIO, limits: Limits) -> Sha256:
    """Copy block by block; one write may take less than it is given on a nearly full disk, and the next then says so."""
    seen = hashlib.sha256()
    size = 0
    while block := source.read(_BLOCK):
        size += len(block)
        if size > limits.packed_bytes:
            raise Unfit(RefusalCode.TOO_LARGE, f"more than {limits.packed_bytes:,} bytes")
        seen.update(block)
        rest = memoryview(block)
        while rest:
            rest = rest[target.write(rest) :]
    return Sha256(seen.hexdigest())


def _place(raw: Path, sha256: Sha256) -> Path:
    return raw / sha256[:2] / sha256


def _holds(kept: Path, size: int) -> bool:
    try:
        return kept.stat().st_size == size
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
