"""The name of an uploaded file: a relative path inside its folder, or refused."""

import unicodedata
from pathlib import PurePosixPath

from ncdm.errors import RefusedInput

LONGEST_PART = 200
"""Bytes of one folder or file name; file systems end at 255 and we may add to it."""
LONGEST_PATH = 1000
DEEPEST = 16

_UNWANTED = {"Cc", "Cs", "Zl", "Zp"}
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing, and so make one name look like another."""


def relative_path(sent: bytes, *, part: int) -> PurePosixPath:
    """The path that a part of the upload names; anything that could lead elsewhere is refused, not mended.

    The refusal says which part it was and never repeats the name.
    """
    where = f"file {part} of the upload"
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused("is not written in UTF-8", where) from error
    if any(unicodedata.category(letter) in _UNWANTED or letter in _TURNING for letter in text):
        raise _refused("holds control characters", where)
    text = text.replace("\\", "/")
    if text.startswith("/") or text[1:2] == ":":
        raise _refused("is not relative to the folder", where)
    names = [name for name in text.split("/") if name not in {"", "."}]
    if ".." in names:
        raise _refused("leads out of the folder", where)
    if not names or not names[-1].strip(" ."):
        raise _refused("is empty", where)
    if len(names) > DEEPEST or len(sent) > LONGEST_PATH or any(len(name.encode()) > LONGEST_PART for name in names):
        raise _refused("is too long or too deep", where)
    return PurePosixPath(*names)


def _refused(why: str, where: str) -> RefusedInput:
    return RefusedInput(f"The name of an uploaded file {why}.", where=where, todo="Rename the file, then send the folder again.")
