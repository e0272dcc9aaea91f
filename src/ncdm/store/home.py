"""The data folder: where things are, and who may change them.

::

    NCDM_HOME/
      ledger.sqlite     what is known and what is visible
      facts/<table>/    Delta tables, append-only
      raw/ab/<sha256>   every file that was taken, byte for byte
      staging/          work in progress; may be removed whenever no load runs
      uploads/          what browsers send, until it is loaded
      lock              held by the one process that loads
      ledger.lock       held for the moment in which a process opens the ledger
"""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deltalake.exceptions import DeltaError

from ncdm.errors import Conflict, NcdmError, SettingsError, StorageFull, StoreDamaged
from ncdm.sources import tidy

_DAY = 86_400
_PATTERN = frozenset("*?[]%\\")
"""Signs that the engines under the tables read as patterns, codes or separators."""
_CONTROL = frozenset(map(chr, (*range(32), 127)))
"""Signs that they refuse in words nobody understands."""


@dataclass(frozen=True, slots=True)
class Home:
    """One data folder."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The ledger's database file."""
        return self.root / "ledger.sqlite"

    @property
    def facts(self) -> Path:
        """The folder of Delta tables."""
        return self.root / "facts"

    @property
    def raw(self) -> Path:
        """The folder of source files."""
        return self.root / "raw"

    @property
    def staging(self) -> Path:
        """The folder of work in progress."""
        return self.root / "staging"

    @property
    def uploads(self) -> Path:
        """The folder in which uploads are received."""
        return self.root / "uploads"

    def raw_file(self, sha256: str) -> Path:
        """Where the bytes of a source file are kept."""
        return self.raw / sha256[:2] / sha256

    @property
    def there(self) -> bool:
        """Whether anything of a data folder is there, or what can be none, such as a file: who opens it hears why it cannot be."""
        try:
            nearest = next(folder for folder in (self.root, *self.root.parents) if folder.exists())
            return not nearest.is_dir() or self.ledger.exists() or self.facts.exists()
        except OSError:
            return True

    def check_name(self) -> None:
        """Raise `SettingsError` for a path that the engines read as a pattern."""
        if (_PATTERN | _CONTROL) & set(str(self.root)):
            raise SettingsError(
                f"the path of the data folder holds one of {' '.join(sorted(_PATTERN))}, or a control character",
                where=str(self.root),
                todo="Set NCDM_HOME to a folder without these signs.",
            )

    def make(self) -> None:
        """Create the folders that are absent, readable by their owner alone. A path that the engines read as a pattern is refused."""
        self.check_name()
        try:
            for folder in (self.root, self.facts, self.raw, self.staging):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _in_words(self, error) or StoreDamaged(
                f"the data folder cannot be made: {error.strerror}",
                where=str(self.root),
                todo="Check its rights and the disk, or set NCDM_HOME.",
            ) from error


@contextmanager
def locked(home: Home, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the right to change the data folder; the system takes it back from a process that dies.

    ``waiting`` is called once when another process holds it; without it `Conflict` is raised instead.
    """
    try:
        descriptor = os.open(home.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise (_in_words(home, error) or error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting is None:
                raise Conflict("another load is running on this data folder", where=str(home.root), todo="Wait until it ends.") from None
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def disk_full_named(home: Home) -> Iterator[None]:
    """Say in words when the disk is full or closed to us; what was visible before stays visible."""
    try:
        yield
    except (OSError, DeltaError) as error:
        raise (_in_words(home, error) or error) from error


def _in_words(home: Home, error: OSError | DeltaError) -> NcdmError | None:
    """What the disk said, so that people can act on it; ``None`` when it is about something else."""
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} or "No space left" in str(error):
        return StorageFull(
            "the disk is full; nothing of this load is visible, everything before it is",
            where=str(home.root),
            todo="Free space and load again.",
        )
    if number in {errno.EROFS, errno.EACCES, errno.EPERM} or "Read-only file system" in str(error):
        return StoreDamaged(
            f"the data folder cannot be written: {os.strerror(number or errno.EROFS)}",
            where=str(home.root),
            todo="Check its rights and how its disk is mounted, or set NCDM_HOME.",
        )
    return None


def clear_uploads(home: Home) -> None:
    """Remove what a server that was killed left of uploads: folders nobody touched for a day."""
    for entry in home.uploads.glob("*"):
        if entry.is_dir() and not entry.is_symlink() and time.time() - entry.stat().st_mtime > _DAY:
            shutil.rmtree(entry, ignore_errors=True)


def empty_staging(home: Home) -> None:
    """Remove what a stopped load left, half-kept sources included. Call with the lock held."""
    tidy(home.raw)
    for entry in home.staging.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
