"""A zip-based workbook, checked before the spreadsheet reader sees it: every member is inflated, counted and searched, none is parsed."""

import re

from ncdm.sources import zipdir
from ncdm.sources.extent import OVERLAP, Reach, used_range
from ncdm.sources.limits import Limits
from ncdm.sources.refusal import RefusalCode, Unfit

_HEAD = 1 << 12
_FORMULA = re.compile(rb"f(?<=</f)(?=>)")
"""The end of a formula. To search a byte that is rare runs at memory speed, here as for the ``!`` of a document type."""
_MARKUP = (".xml", ".rels", ".vml")

FORMULAS = "cells with formulas: only their stored values are read"
LINKS = "links to other workbooks: not followed"
DDE = "links to other programs (DDE): not followed"
QUERIES = "connections to outside data: not followed"
OBJECTS = "embedded objects: not read"


def check_package(archive: bytes, limits: Limits) -> tuple[str, ...]:
    """What to note about a zip-based workbook; raises ``Unfit`` when it must not be opened."""
    members = zipdir.members(archive, limits.members)
    notes = _check_names({member.name.lower() for member in members}, len(members))
    total = 0
    for member in members:
        total += _check_member(archive, member, limits, notes)
        if total > limits.unpacked_bytes:
            raise Unfit(RefusalCode.UNPACKED_TOO_LARGE, f"more than {limits.unpacked_bytes:,} bytes")
    return tuple(sorted(notes))


def _check_names(names: set[str], count: int) -> set[str]:
    """Refuse by the names alone: macros, passwords, paths out of the archive, and archives that are no workbook."""
    if len(names) < count:
        raise Unfit(RefusalCode.DUPLICATE_MEMBER, "two names differ only in capitals")
    notes: set[str] = set()
    for name in names:
        if name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/", "xl/macrosheets/")):
            raise Unfit(RefusalCode.MACRO)
        if name.startswith("/") or ".." in name.split("/"):
            raise Unfit(RefusalCode.UNSAFE_PATH, name)
        if "externallinks/" in name:
            notes.add(LINKS)
        if "embeddings/" in name:
            notes.add(OBJECTS)
        if name == "xl/connections.xml":
            notes.add(QUERIES)
    office = "[content_types].xml" in names and any(name.startswith("xl/") for name in names)
    if not office and not {"content.xml", "mimetype"} <= names:
        raise Unfit(RefusalCode.UNKNOWN_FORMAT, "an archive that is no workbook")
    return notes


def _check_member(archive: bytes, member: zipdir.Member, limits: Limits, notes: set[str]) -> int:
    """Inflate one member to its end and search it; returns its size."""
    name = member.name.lower()
    markup = name.endswith(_MARKUP)
    sheet = name.endswith(".xml") and "worksheets/" in name
    reach, size, tail, text = Reach(), 0, b"", b""
    for piece in zipdir.pieces(archive, member, limits):
        size += len(piece)
        if markup:
            text = tail + piece if tail else piece
            tail = piece[-OVERLAP:]
            _check_text(text, name, notes)
            if sheet:
                reach = reach.with_text(text)
    root = b"worksheet" if sheet else b"sst" if name == "xl/sharedstrings.xml" else b""
    if root and not _closed(text, root):
        raise Unfit(RefusalCode.TRUNCATED, f"the markup of {name} breaks off")
    if sheet and reach.may_exceed(limits.sheet_cells):
        rows, columns = used_range(zipdir.pieces(archive, member, limits))
        if rows * columns > limits.sheet_cells:
            raise Unfit(RefusalCode.CELLS, f"{rows:,} lines by {columns:,} columns in {name}, at most {limits.sheet_cells:,} cells")
    return size


def _closed(text: bytes, root: bytes) -> bool:
    """Whether the end of a part closes its root element: the spreadsheet reader takes what breaks off for an early end."""
    end = text[-OVERLAP:].rstrip(b" \t\r\n\0")
    return root + b">" in end or (root in end and end.endswith(b"/>"))


def _check_text(text: bytes, name: str, notes: set[str]) -> None:
    """Search a piece of markup for what no spreadsheet program writes, and for what a reader should be told."""
    head = text[:_HEAD]
    if (b"!" in text and b"<!DOCTYPE" in text) or b"<!ENTITY" in head or b"<\0!\0D" in head or b"\0<\0!\0D" in head:
        raise Unfit(RefusalCode.DOCTYPE, name)
    if name == "[content_types].xml" and b"macroEnabled" in text:
        raise Unfit(RefusalCode.MACRO)
    if name == "meta-inf/manifest.xml" and b"encryption-data" in text:
        raise Unfit(RefusalCode.ENCRYPTED)
    if FORMULAS not in notes and (_FORMULA.search(text) if "worksheets/" in name else name == "content.xml" and b"table:formula=" in text):
        notes.add(FORMULAS)
    if "externallinks/" in name and b"ddeLink" in text:
        notes.add(DDE)
