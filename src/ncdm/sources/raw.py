"""The delivered bytes, kept for ever under their own hash."""

import errno
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from ncdm.errors import RefusedFile, StorageFull
from ncdm.sources.found import FoundFile
from ncdm.sources.limits import LIMITS, Limits
from ncdm.sources.refusal import RefusalCode, Unfit
from ncdm.types import Sha256

_BLOCK = 1 << 20
_INCOMING = ".incoming-"
_OPEN = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
"""A link or a pipe that took the file's place after it was found is not followed and does not block."""


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
        source = os.open(file.path, _OPEN)
    except OSError as fault:
        raise _refuse(file, Unfit(RefusalCode.UNREADABLE, fault.strerror or type(fault).__name__)) from fault
    with os.fdopen(source, "rb", buffering=0) as stream:
        status = os.fstat(source)
        if not stat.S_ISREG(status.st_mode):
            raise _refuse(file, Unfit(RefusalCode.NOT_A_FILE))
        if status.st_size > limits.packed_bytes:
            raise _refuse(file, Unfit(RefusalCode.TOO_LARGE, f"{status.st_size:,} of {limits.packed_bytes:,} bytes"))
        sha256 = Sha256(hashlib.file_digest(stream, "sha256").hexdigest())
        kept = _place(raw, sha256)
        if _holds(kept, status.st_size):
            return sha256, kept
        stream.seek(0)
        return _copy(file, stream.fileno(), raw, limits)


def tidy(raw: Path) -> int:
    """Remove what an interrupted ``keep`` left, and say how many files that were; only for the one process that may write here."""
    left = list(raw.glob(_INCOMING + "*"))
    for path in left:
        path.unlink()
    return len(left)


def _copy(file: FoundFile, source: int, raw: Path, limits: Limits) -> tuple[Sha256, Path]:
    """Copy while hashing again: should the file have changed meanwhile, the name still tells the bytes that were kept."""
    raw.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_INCOMING, dir=raw)
    incoming = Path(name)
    try:
        with os.fdopen(handle, "wb", buffering=0) as target:
            sha256 = _fill(target.fileno(), file, source, limits)
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


def _fill(target: int, file: FoundFile, source: int, limits: Limits) -> Sha256:
    seen = hashlib.sha256()
    size = 0
    while block := os.read(source, _BLOCK):
        size += len(block)
        if size > limits.packed_bytes:
            raise _refuse(file, Unfit(RefusalCode.TOO_LARGE, f"more than {limits.packed_bytes:,} bytes"))
        seen.update(block)
        _write_all(target, block)
    return Sha256(seen.hexdigest())


def _place(raw: Path, sha256: Sha256) -> Path:
    return raw / sha256[:2] / sha256


def _holds(kept: Path, size: int) -> bool:
    try:
        return kept.stat().st_size == size
    except FileNotFoundError:
        return False


def _write_all(handle: int, block: bytes) -> None:
    """Write the whole block: one call may take less on a nearly full disk, and the next then says so."""
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse(file: FoundFile, unfit: Unfit) -> RefusedFile:
    return RefusedFile(unfit.reason, where=file.name, todo=unfit.todo)
