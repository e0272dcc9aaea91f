"""A regular file, opened without being led elsewhere: no link is followed and no pipe is waited for, whatever took the file's place."""

import os
import stat
from io import FileIO
from pathlib import Path

from ncdm.sources.refusal import RefusalCode, Unfit


def open_regular(path: Path | bytes, most_bytes: int) -> FileIO:
    """The file, open for reading; raises ``Unfit`` when it is none, may not be read, or is too large."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as fault:
        raise Unfit(RefusalCode.UNREADABLE, getattr(fault, "strerror", None) or type(fault).__name__) from fault
    status = os.fstat(handle)
    unfit = None
    if not stat.S_ISREG(status.st_mode):
        unfit = Unfit(RefusalCode.NOT_A_FILE)
    elif status.st_size > most_bytes:
        unfit = Unfit(RefusalCode.TOO_LARGE, f"{status.st_size:,} of {most_bytes:,} bytes")
    if unfit is not None:
        os.close(handle)
        raise unfit
    return FileIO(handle, "rb")
