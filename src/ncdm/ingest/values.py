"""One cell's text becomes a value, or says why it does not. Strict, and nothing is guessed.

Each function takes the text of one distinct cell and gives ``(value, remark)``. A remark is kept with its row:
an unparsed date stays visible, it does not become a blank (data-contracts section 2).
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache

from ncdm.contracts import Column, Holds
from ncdm.ingest.countries import iso3
from ncdm.ingest.spelling import collapse, similarity, squeeze


class Remark(StrEnum):
    """What was noticed about a cell. The row is accepted all the same."""

    UNPARSED_DATE = "unparsed_date"
    UNPARSED_NUMBER = "unparsed_number"
    IMPLAUSIBLE_DATE = "implausible_date"
    NEGATIVE_NUMBER = "negative_number"
    REASON_CODE = "reason_code"
    """The cell says why there is no value: ``#MULTIVALUE``, ``Missing visit date``, ``#ERROR``."""
    ERROR_CELL = "error_cell"
    """The cell holds a spreadsheet error such as ``#N/A``."""
    CORRUPTED_ID = "corrupted_id"
    UNKNOWN_CATEGORY = "unknown_category"
    RESPELT_CATEGORY = "respelt_category"
    UNKNOWN_COUNTRY = "unknown_country"
    UNLABELLED_SUBJECT = "unlabelled_subject"
    UNLABELLED_SITE = "unlabelled_site"
    ABSENT_KEY = "absent_key"
    """The cell that should name a subject or a site holds a dash."""
    SCRUBBED = "scrubbed"
    """An identifier-like number was masked; the value is never logged."""


Value = str | int | dt.date | dt.datetime | None
Conformed = tuple[Value, Remark | None]

NULL_TOKENS = frozenset({"", "-", "na", "n/a", "#n/a", "#error", "not applicable"})
REASON_CODES = {"#multivalue": "#MULTIVALUE", "#error": "#ERROR", "missing visit date": "Missing visit date"}
EARLIEST = dt.date(2000, 1, 1)
"""Dates before it are kept and flagged: no study of these exports started so early."""

_IDENTIFIER = re.compile(r"\d{6,}")
_FOLDER_TAIL = re.compile(r"[_ ]\d{6,}.*$")
_LABEL = re.compile(r"^(subject|site|study)[ _-]*([0-9]{1,18})$", re.IGNORECASE)
_FORM = re.compile(r"^(?:form|from)\s*0*([0-9]{1,18})$", re.IGNORECASE)
_WHOLE = re.compile(r"^([+-]?)0*([0-9]{1,19})(?:\.0+)?$")
_CLOCK = r"(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?(?:Z|\+00:?00)?)?$"
_ISO = re.compile(r"^([0-9]{4})([-/])([0-9]{2})\2([0-9]{2})" + _CLOCK)
_NAMED = re.compile(r"^([0-9]{1,2})([ ./-]?)([A-Za-z]{3,9})[ ./-]?([0-9]{4})" + _CLOCK)
_NAMED_BACKWARDS = re.compile(r"^([0-9]{4})([ ./-]?)([A-Za-z]{3,9})[ ./-]?([0-9]{1,2})" + _CLOCK)
_MONTHS = {
    spelling: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), start=1
    )
    for spelling in (name, name[:3])
}
MASK = "[id]"
"""What stands in place of an identifier-like number."""


def is_null(text: str) -> bool:
    """Whether a collapsed text stands for no value."""
    return text.lower() in NULL_TOKENS


def scrub(text: str) -> str:
    """Mask identifier-like runs of six or more digits."""
    return _IDENTIFIER.sub(MASK, text)


def moment(text: str) -> dt.datetime | None:
    """A strict date or date with time in spellings that can be read in one way only.

    ``None`` for anything else: 31 SEP 2025 is no day, and nobody knows which one 03/04/2025 is.
    """
    found = _ISO.match(text) or _NAMED_BACKWARDS.match(text)
    year_first = found is not None
    found = found or _NAMED.match(text)
    if found is None:
        return None
    year, day = (found[1], found[4]) if year_first else (found[4], found[1])
    month = int(found[3]) if found[3].isdigit() else _MONTHS.get(found[3].lower(), 0)
    try:
        return dt.datetime(  # noqa: DTZ001 - exports carry no zone
            int(year), month, int(day), int(found[5] or 0), int(found[6] or 0), int(found[7] or 0), int((found[8] or "0").ljust(6, "0"))
        )
    except ValueError:
        return None


def label(text: str) -> str | None:
    """``Subject 7`` for any spelling of the word; ``None`` when the text is no such label.

    The number of a subject or site stays as it is written; that of a study loses leading zeros, since folders and cells write it both ways.
    """
    found = _LABEL.match(text)
    if found is None:
        return None
    word = found[1].capitalize()
    return f"{word} {int(found[2]) if word == 'Study' else found[2]}"


def _text(text: str, _column: Column) -> Conformed:
    if is_null(text):
        return None, None
    masked = scrub(text)
    return masked, Remark.SCRUBBED if masked != text else None


def _exempt(text: str, _column: Column) -> Conformed:
    return (None, None) if is_null(text) else (text, None)


def _category(text: str, column: Column) -> Conformed:
    if is_null(text):
        return None, None
    if not column.vocabulary:
        return _text(text, column)
    word = squeeze(text)
    best, score = None, 0.0
    for canonical, spellings in column.vocabulary.items():
        for spelling in spellings:
            known = squeeze(spelling)
            if known == word:
                return canonical, None
            near = similarity(known, word)
            if near > score:
                best, score = canonical, near
    return (best, Remark.RESPELT_CATEGORY) if best is not None else (scrub(text), Remark.UNKNOWN_CATEGORY)


def _integer(text: str, _column: Column) -> Conformed:
    if text.lower() in REASON_CODES:
        return None, Remark.REASON_CODE
    if is_null(text):
        return None, None
    found = _WHOLE.match(text)
    if found is None:
        return None, Remark.UNPARSED_NUMBER
    number = int(found[1] + found[2])
    if abs(number) >= 2**63:
        return None, Remark.UNPARSED_NUMBER
    return number, Remark.NEGATIVE_NUMBER if number < 0 else None


def _identifier(text: str, _column: Column) -> Conformed:
    if is_null(text):
        return None, Remark.CORRUPTED_ID
    value, remark = _integer(text, _column)
    return value, Remark.CORRUPTED_ID if remark is not None else None


def _moment(text: str) -> tuple[dt.datetime | None, Remark | None]:
    if text.lower() in REASON_CODES:
        return None, Remark.REASON_CODE
    if is_null(text):
        return None, None
    when = moment(text)
    if when is None:
        return None, Remark.UNPARSED_DATE
    return when, Remark.IMPLAUSIBLE_DATE if when.date() < EARLIEST else None


def _date(text: str, _column: Column) -> Conformed:
    when, remark = _moment(text)
    return (None if when is None else when.date()), remark


def _timestamp(text: str, _column: Column) -> Conformed:
    return _moment(text)


def _study(text: str, _column: Column) -> Conformed:
    return (None, None) if is_null(text) else (label(text) or text, None)


def _subject(text: str, _column: Column) -> Conformed:
    if text == "-":
        return None, Remark.ABSENT_KEY
    known = label(text)
    return (known, None) if known is not None and known.startswith("Subject") else (scrub(text), Remark.UNLABELLED_SUBJECT)


def _site(text: str, _column: Column) -> Conformed:
    if is_null(text):
        return None, Remark.ABSENT_KEY
    known = label(text)
    return (known, None) if known is not None and known.startswith("Site") else (scrub(text), Remark.UNLABELLED_SITE)


def _country(text: str, _column: Column) -> Conformed:
    if is_null(text):
        return None, None
    code = iso3(text)
    return (code, None) if code is not None else (scrub(text), Remark.UNKNOWN_COUNTRY)


def _form(text: str, column: Column) -> Conformed:
    found = _FORM.match(text)
    return (f"Form {int(found[1])}", None) if found is not None else _text(text, column)


def _folder(text: str, column: Column) -> Conformed:
    cut = _FOLDER_TAIL.sub("", text)
    value, remark = _text(cut, column)
    return value, Remark.SCRUBBED if cut != text else remark


_BY_HOLDS: Mapping[Holds, Callable[[str, Column], Conformed]] = {
    Holds.TEXT: _text,
    Holds.VERSION: _exempt,
    Holds.CATEGORY: _category,
    Holds.INTEGER: _integer,
    Holds.DATE: _date,
    Holds.TIMESTAMP: _timestamp,
    Holds.STUDY: _study,
    Holds.SITE: _site,
    Holds.SUBJECT: _subject,
    Holds.COUNTRY: _country,
    Holds.FORM: _form,
    Holds.FOLDER: _folder,
    Holds.IDENTIFIER: _identifier,
}


@lru_cache(maxsize=16_384)
def conform_text(raw: str, column: Column) -> Conformed:
    """The value of one cell's text in ``column``, and what was noticed about it."""
    text = collapse(raw)
    if not text:
        return None, None
    return _BY_HOLDS[column.holds](text, column)
