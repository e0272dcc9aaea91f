"""File names as they may be shown and stored: exports carry user ids in them (data-contracts, introduction)."""

import re

_LONG_NUMBER = re.compile(r"\d{9,}|(?<![\d_ -])\d{6,7}(?!\d)")
_USER = re.compile(r"(?<![A-Za-z0-9])(?:(?i:user\s?id[a-z0-9]*)|[A-Z]{5,}\d{1,4})(?![A-Za-z0-9])")
_MASK = "[id]"


def masked(name: str) -> str:
    """The name without user ids and without long numbers that are no date."""
    return _LONG_NUMBER.sub(_MASK, _USER.sub(_MASK, name))
