"""File names as they may be shown and stored: exports carry user ids in them (data-contracts, introduction)."""

import datetime as dt
import re

from ncdm.ingest.values import moment

_LONG_NUMBER = re.compile(r"\d{6,}")
_DAY = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20\d\d")
_USER = re.compile(r"(?<![A-Za-z0-9])(?:(?i:user\s?id[a-z0-9]*)|[A-Z]{5,}\d{1,4})(?![A-Za-z0-9])")
_MASK = "[id]"
_NAMED_DAY = re.compile(r"(?<!\d)(\d{1,2})[ _-]?([A-Za-z]{3})[ _-]?(\d{4})(?!\d)")


def masked(name: str) -> str:
    """The name without user ids and without long numbers that are no date."""
    return _LONG_NUMBER.sub(lambda number: number[0] if _DAY.fullmatch(number[0]) else _MASK, _USER.sub(_MASK, name))


def day_named(name: str) -> dt.date | None:
    """A day that a file's name carries, such as ``_13Nov2025``; a hint only."""
    for found in _NAMED_DAY.finditer(name):
        when = moment(f"{found[1]} {found[2]} {found[3]}")
        if when is not None:
            return when.date()
    return None
