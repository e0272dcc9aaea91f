"""One file of a delivery, before anyone has looked into it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read: where its bytes are, and what a person calls it."""

    path: Path
    """Where the bytes are; for a member of a zipped delivery, its staged copy."""
    name: str
    """Relative name inside the delivery with ``/`` between folders, made safe to show; a member of an archive is ``a.zip/inner/x.xlsx``."""
    size: int
