"""A name from outside, made safe to show: no control character, no text-direction trick, no undecodable byte."""

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that a reader cannot see or that change how the rest of a line is shown."""


def displayable(name: str) -> str:
    """The name with each character that cannot be seen replaced by its code in angle brackets: a bell becomes ``<07>``."""
    if name.isascii() and name.isprintable():
        return name
    return "".join(f"<{ord(mark):02X}>" if unicodedata.category(mark) in _HIDDEN else mark for mark in name)
