"""How far a load is, and what it came to, as the pages are told."""

from dataclasses import dataclass

from ncdm.serve.answers import LoadedFile, LoadState


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come; told as often as something changes."""

    state: LoadState
    """``READING`` or ``COMMITTING``."""
    files_done: int
    files_total: int
    current: str | None
    """The masked name of the file being read."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a finished load did."""

    files: tuple[LoadedFile, ...]
    ignored: tuple[str, ...]
    """Files that are no spreadsheets; nothing of them was read."""
    snapshot: int | None
    """The snapshot in which it is visible; ``None`` when nothing changed and there is none yet."""
