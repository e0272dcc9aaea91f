"""Delimited text (``.csv``, ``.tsv``) as one sheet of cells, with every decision that was taken told in a note."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest

import pyarrow as pa

from ncdm.sources.limits import Limits
from ncdm.sources.refusal import RefusalCode, Unfit

_BLOCK = 1 << 20
_LINES = 4_096
_SAMPLE = 100
_SEPARATORS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}
"""In the order in which a tie is decided: the rarer a sign is inside ordinary text, the stronger its evidence."""
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""In an order in which no mark hides a longer one."""


def read_delimited(content: bytes, limits: Limits) -> tuple[pa.Table, tuple[str, ...]]:
    """The cells of a delimited text and the notes on how it was read; an empty field is null, as an empty cell is."""
    encoding = _encoding(content)
    csv.field_size_limit(limits.field_characters)
    try:
        separator = _separator(content, encoding)
        notes = [f"read as {encoding}", f"separator: {_SEPARATORS[separator]}"]
        try:
            cells, ragged = _cells(_records(content, encoding, separator, quoted=True), limits)
        except csv.Error:
            notes.append("quotation marks do not pair: kept as they stand, and lines end at every line break")
            cells, ragged = _cells(_records(content, encoding, separator, quoted=False), limits)
    except csv.Error as fault:
        raise Unfit(RefusalCode.FIELD, f"at most {limits.field_characters:,} characters") from fault
    if ragged:
        notes.append("lines differ in their number of fields: missing ones are empty")
    if b"\0" in content and not encoding.startswith(("utf-16", "utf-32")):
        notes.append("some values hold NUL characters: kept")
    return cells, tuple(notes)


def _encoding(content: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            if not _decodes(content, encoding):
                raise Unfit(RefusalCode.ENCODING, f"it is marked as {encoding} and is not")
            return encoding
    if content[:_LINES].count(0) * 8 > len(content[:_LINES]):
        raise Unfit(RefusalCode.ENCODING, "it looks like UTF-16 without its byte order mark")
    if _decodes(content, "utf-8"):
        return "utf-8"
    if _mostly_utf8(content):
        raise Unfit(RefusalCode.ENCODING, "it is UTF-8 with damaged characters")
    if _decodes(content, "cp1252"):
        return "cp1252"
    raise Unfit(RefusalCode.ENCODING)


def _decodes(content: bytes, encoding: str) -> bool:
    """Whether the whole content is valid in an encoding; decoded block by block, since text takes up to four times its bytes."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for place in range(0, len(content), _BLOCK):
            decoder.decode(content[place : place + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _mostly_utf8(content: bytes) -> bool:
    """Whether more characters beyond ASCII are valid UTF-8 than not: reading such a text as cp1252 would garble the valid ones."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    valid = broken = 0
    for place in range(0, len(content), _BLOCK):
        text = decoder.decode(content[place : place + _BLOCK])
        lost = text.count("\ufffd")
        broken += lost
        valid += sum(1 for sign in text if sign > "\x7f") - lost
    return valid > broken


def _records(content: bytes, encoding: str, separator: str, *, quoted: bool) -> Iterator[list[str]]:
    """The records of the text. Strict about quotation marks: what is not plainly quoted is an error, never quietly altered."""
    lines = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="strict", newline="")
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE, strict=True)


def _separator(content: bytes, encoding: str) -> str:
    """The sign that divides the most of the first lines into one same number of fields."""
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        widths = Counter(len(record) for record in _sample(content, encoding, separator) if record)
        width, lines = widths.most_common(1)[0] if widths else (0, 0)
        score = lines / widths.total() if width > 1 else 0.0
        if score > best_score:
            best, best_score = separator, score
    return best


def _sample(content: bytes, encoding: str, separator: str) -> list[list[str]]:
    try:
        return list(islice(_records(content, encoding, separator, quoted=True), _SAMPLE))
    except csv.Error:
        return list(islice(_records(content, encoding, separator, quoted=False), _SAMPLE))


def _cells(records: Iterator[list[str]], limits: Limits) -> tuple[pa.Table, bool]:
    """The records as a table of text, and whether they differ in length."""
    parts: list[tuple[int, list[pa.Array]]] = []
    widths: set[int] = set()
    lines = 0
    while chunk := list(islice(records, _LINES)):
        lines += len(chunk)
        widths.update(map(len, chunk))
        width = max(widths)
        if width > limits.columns:
            raise Unfit(RefusalCode.COLUMNS, f"{width:,} of {limits.columns:,}")
        if lines * width > limits.sheet_cells:
            raise Unfit(RefusalCode.CELLS, f"more than {limits.sheet_cells:,} cells")
        columns = [pa.array([field or None for field in column], pa.string()) for column in zip_longest(*chunk)]
        parts.append((len(chunk), columns))
    width = max(widths, default=0)
    names = [f"c{number}" for number in range(1, width + 1)]
    schema = pa.schema([(name, pa.string()) for name in names])
    batches = []
    for length, part in parts:
        empty = [pa.nulls(length, pa.string())] * (width - len(part))
        batches.append(pa.RecordBatch.from_arrays([*part, *empty], schema=schema))
    return pa.Table.from_batches(batches, schema=schema), len(widths - {0}) > 1
