"""What a file is, by its first bytes and never by its name alone, and its sheets."""

from collections.abc import Iterator

from ncdm.sources.delimited import read_delimited
from ncdm.sources.limits import Limits
from ncdm.sources.package import check_package
from ncdm.sources.refusal import RefusalCode, Unfit
from ncdm.sources.sheets import ReadSheet, read_sheets
from ncdm.sources.zipdir import MAGIC

DELIMITED = (".csv", ".tsv", ".tab")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
"""Names of a compound file's streams stand at multiples of this, in UTF-16."""
_BOOK_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILE_PASS, _PREAMBLE_RECORDS = 0x2F, 8
OLD_FORMAT = "older format: values only, formulas are not told apart"


def read_content(content: bytes, name: str, limits: Limits) -> tuple[Iterator[ReadSheet], tuple[str, ...]]:
    """The sheets of a file and the notes on it; raises ``Unfit``, now or while the sheets are taken, when it cannot be read."""
    delimited = name.lower().endswith(DELIMITED)
    if not content:
        raise Unfit(RefusalCode.EMPTY)
    if content.startswith(MAGIC):
        notes = check_package(content, limits)
    elif content.startswith(_COMPOUND):
        notes = _check_compound(content)
    elif delimited:
        cells, notes = read_delimited(content, limits)
        title = name.rpartition("/")[2].rpartition(".")[0]
        return iter([ReadSheet(title, visible=True, cells=cells, errors=[])]), notes
    else:
        raise Unfit(RefusalCode.UNKNOWN_FORMAT, _looks_like(content))
    if delimited:
        notes = (*notes, "a workbook, though its name ends like a text's")
    return read_sheets(content, limits), notes


def _check_compound(content: bytes) -> tuple[str, ...]:
    """Refuse what the names of a compound file's streams give away: a password, macros, another program's document."""
    if _has_stream(content, "EncryptedPackage"):
        raise Unfit(RefusalCode.ENCRYPTED)
    if _has_password(content):
        raise Unfit(RefusalCode.ENCRYPTED)
    if _has_stream(content, "_VBA_PROJECT_CUR"):
        raise Unfit(RefusalCode.MACRO)
    if not _has_stream(content, "Workbook") and not _has_stream(content, "Book"):
        raise Unfit(RefusalCode.UNKNOWN_FORMAT, "a document of another office program")
    return (OLD_FORMAT,)


def _has_password(content: bytes) -> bool:
    """Whether a record that announces encryption follows the first one of the workbook, before anything that holds content."""
    place = content.find(_BOOK_BEGINS)
    for _ in range(_PREAMBLE_RECORDS):
        if place < 0 or place + 4 > len(content):
            break
        kind, length = int.from_bytes(content[place : place + 2], "little"), int.from_bytes(content[place + 2 : place + 4], "little")
        if kind == _FILE_PASS:
            return True
        place += 4 + length
    return False


def _has_stream(content: bytes, name: str) -> bool:
    needle = (name + "\0").encode("utf-16-le")
    place = content.find(needle)
    while place >= 0:
        if place % _ENTRY == 0:
            return True
        place = content.find(needle, place + 1)
    return False


def _looks_like(content: bytes) -> str:
    head = content[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        return "it is a web page under a spreadsheet's name"
    if head.startswith(b"<?xml"):
        return "it is an XML document under a spreadsheet's name"
    return "it begins like none"
