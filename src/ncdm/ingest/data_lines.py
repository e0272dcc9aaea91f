"""Which lines of an identified sheet are data, which only look like data, and which are its header once more."""

import re
from dataclasses import dataclass

import numpy as np

from ncdm.contracts import Column, Holds
from ncdm.ingest.identify import Fit, names_columns
from ncdm.ingest.lines import Lines, Mask, Texts
from ncdm.ingest.spelling import collapse, squeeze
from ncdm.ingest.values import Remark, conform_text, is_null

_LABELLED = re.compile(r"^(subject|study)\s*\d", re.IGNORECASE)
_NAMES_A_ROW = re.compile(r"(?i)^\s*(?:(?:subject|site|study|form)[ _-]*)?\d+\s*$")
_MANY_COLUMNS, _SOME_COLUMNS = 5, 3
FOOTER_CELLS = 2
"""Cells that a footer such as ``Total rows | 50`` fills at most."""
_LEAST_REPEATED = 2
_LEAST_NAMES, _MOST_GAPS = 3, 100
_SUM = re.compile(
    r"(?i)^(?:grand |over ?all )?(?:sub[ -]?)?(?:total|sum)s?(?: (?:number|no\.?|#))?(?: of)?(?: (?:records?|rows?|lines?|counts?|subjects?|issues?|pages?|visits?))?"
    r" ?(?:\([^)]*\))? ?[:=]? ?[\d,. ]*$"
)
_SUBTOTAL = re.compile(r"(?i)\S\s+(?:sub[ -]?)?totals?\s*:?\s*$")
"""A line that sums up the group above it, as spreadsheets write them: ``Subject 1 Total``."""
_OWN_LABEL = re.compile(r"^\s*(?=\S*\d)\S+\s*$")
_TYPE_WORD = re.compile(
    r"(?i)^(?:[\[(<].*[\])>]|text|char(?:acter)?|string|varchar|num(?:ber|eric)?|int(?:eger)?|date(?:time)?|timestamp|days?|counts?|[ncd#]|[ymdhs/:. -]{4,})$"
)
"""What a line below the header says of a column of numbers or dates."""
_SUM_STARTS = frozenset("tTsSgGoO \t\n\xa0")
"""What such a text may start with: most texts are ruled out by their first letter."""
_SUM_ENDS = frozenset("lLsS: \t\n\xa0")
_STRICT = frozenset({Holds.INTEGER, Holds.IDENTIFIER, Holds.DATE, Holds.TIMESTAMP})
_NO_VALUE = frozenset({Remark.UNPARSED_DATE, Remark.UNPARSED_NUMBER, Remark.CORRUPTED_ID})


@dataclass(frozen=True, slots=True)
class Told:
    """What the lines below a header are; a line is in one of ``data`` and ``headers`` at most."""

    data: Mask
    """Looks like data: it is accepted, or rejected with a reason."""
    broken: Mask
    """Data whose telling cell is a spreadsheet error."""
    nameless: Mask
    """Data by all its other cells, with nothing in the telling one: a cell merged over several lines leaves such."""
    headers: Mask
    """The header again, or a line right below it that describes the columns, such as their units."""
    beyond: Mask
    """Data below the header of another table: what its columns mean is not known."""
    totals: Mask
    """No data, and some cell says ``Total:``, or the telling one that it sums up the others."""

    @property
    def unread(self) -> Mask:
        """Data that cannot become a row, for one of the three reasons: broken, nameless, beyond."""
        return self.broken | self.nameless | self.beyond


def telling_place(fit: Fit) -> int:
    """The column whose cell makes a line a data line; where the export lacks it, the subject."""
    places = fit.places()
    return places.get(fit.sheet.data_column, places[fit.sheet.signature[0]])


def told(lines: Lines, fit: Fit) -> Told:
    """What each line below the header is."""
    place = telling_place(fit)
    texts = lines.columns[place]
    data: Mask = texts.places >= 0
    pattern = fit.sheet.data_starts_with if fit.sheet.data_column in fit.places() else ""
    if pattern:
        good = [re.match(pattern, text) is not None for text in texts.distinct]
        # A project may have a name of its own; then only the totals line tells itself apart.
        data = np.array([*good, False], dtype=np.bool_)[texts.places] if any(good) else data
    data &= ~_lonely(lines, texts, fit)
    totals = lines.totals | _summing(texts)
    data &= ~totals | lines.totals
    if lines.totals.any():
        labelled = [_LABELLED.match(text.strip()) is not None for text in texts.distinct]
        data &= np.array([*labelled, False], dtype=np.bool_)[texts.places] | ~lines.totals
    broken = np.zeros(lines.count, dtype=np.bool_)
    for line, column, _code in lines.errors:
        broken[line] |= column == place
    data |= broken
    data[: fit.last + 1] = False
    headers = _headers_again(lines, fit, place)
    headers[_described(lines, fit, texts, data)] = True
    data &= ~headers
    nameless = _nameless(lines, fit, data, headers | totals, place)
    rows = data | nameless
    beyond = rows & (np.arange(lines.count) >= _second_table(lines, fit, headers))
    return Told(rows, broken & data & ~beyond, nameless & ~beyond, headers, beyond, totals & ~data)


def _summing(texts: Texts) -> Mask:
    """Lines whose telling cell says that they sum up the others: ``TOTAL (n)``, ``Total records: 5``, ``Sum``."""
    said = [
        (text[:1] in _SUM_STARTS and _SUM.match(collapse(text)) is not None)
        or (text[-1:] in _SUM_ENDS and _SUBTOTAL.search(text) is not None)
        for text in texts.distinct
    ]
    return np.array([*said, False], dtype=np.bool_)[texts.places]


def _lonely(lines: Lines, texts: Texts, fit: Fit) -> Mask:
    """Lines of text that fill hardly more than the telling cell, and fill it with no number or label: footers such as ``Page 1 of 1``.

    One word with a number in it, ``US-001-004``, is a label where a number or date of its own stands beside it.
    """
    columns = len(fit.places())
    most = FOOTER_CELLS if columns >= _MANY_COLUMNS else 1 if columns >= _SOME_COLUMNS else 0
    lonely = (texts.places >= 0) & (lines.width <= most)
    if not lonely.any():
        return lonely
    names = [_NAMES_A_ROW.match(text) is not None for text in texts.distinct]
    lonely &= ~np.array([*names, False], dtype=np.bool_)[texts.places]
    own = [_OWN_LABEL.match(text) is not None for text in texts.distinct]
    labelled = np.flatnonzero(lonely & np.array([*own, False], dtype=np.bool_)[texts.places])
    read = _columns(fit)
    for line in labelled[labelled > fit.last].tolist():
        lonely[line] = not _strict(lines, read, line)[0]
    return lonely


def _headers_again(lines: Lines, fit: Fit, telling: int) -> Mask:
    """Lines that say what the header says: exports pieced together, or printed page by page, repeat it among the rows."""
    again = np.zeros(lines.count, dtype=np.bool_)
    header = {entry.place: squeeze(entry.text) for entry in fit.headers if entry.column is not None}
    word = header[telling]
    texts = lines.columns[telling]
    same = [number for number, text in enumerate(texts.distinct) if text.lstrip()[:1].lower() == word[:1] and squeeze(text) == word]
    for line in np.flatnonzero(np.isin(texts.places, same)).tolist():
        said = {place: text for place in header if (text := lines.columns[place].at(line)) is not None}
        agreeing = sum(squeeze(text) == header[place] for place, text in said.items())
        other = agreeing < len(said) and names_columns(lines, line) >= _LEAST_NAMES
        again[line] = line > fit.last and agreeing >= _LEAST_REPEATED and 2 * agreeing >= len(said) and not other
    return again


def _second_table(lines: Lines, fit: Fit, headers: Mask) -> int:
    """The line after an empty one that reads as the header of another table; the end of the sheet when there is none."""
    after_gap = np.flatnonzero(~lines.filled[:-1] & lines.filled[1:]) + 1
    found = (
        line
        for line in after_gap[after_gap > fit.last][:_MOST_GAPS].tolist()
        if not headers[line] and names_columns(lines, line) >= _LEAST_NAMES
    )
    return next(found, lines.count)


def _described(lines: Lines, fit: Fit, texts: Texts, data: Mask) -> list[int]:
    """The lines right below the header that describe the columns: no number names a row, and no number or date cell holds one."""
    columns = _columns(fit)
    found: list[int] = []
    for line in range(fit.last + 1, lines.count):
        name = texts.at(line)
        if name is None or not data[line] or any(character.isdigit() for character in name):
            break
        texts_of = [lines.columns[place].at(line) for place, column in columns if column.holds in _STRICT]
        said = [collapse(text) for text in texts_of if text is not None and not is_null(collapse(text))]
        if not said or not all(_TYPE_WORD.match(text) for text in said):
            break
        found.append(line)
    return found


def _nameless(lines: Lines, fit: Fit, data: Mask, other: Mask, place: int) -> Mask:
    """Lines at least half as full as the rows are, with numbers, dates or known words where rows have them, that name no subject."""
    nameless = lines.filled & ~data & ~other & (lines.columns[place].places < 0)
    nameless[: fit.last + 1] = False
    if not (nameless.any() and data.any()):
        return np.zeros(lines.count, dtype=np.bool_)
    columns = _columns(fit)
    width = np.zeros(lines.count, dtype=np.int32)
    for at, _column in columns:
        width += lines.columns[at].places >= 0
    nameless &= 2 * width >= np.median(width[data])
    for line in np.flatnonzero(nameless).tolist():
        kept, lost = _strict(lines, columns, line)
        nameless[line] = not lost and (kept > 0 or _says_known_words(lines, columns, line))
    return nameless


def _columns(fit: Fit) -> list[tuple[int, Column]]:
    """The columns that are read, with their place."""
    return [(place, fit.sheet.column(name)) for name, place in fit.places().items()]


def _strict(lines: Lines, columns: list[tuple[int, Column]], line: int) -> tuple[int, int]:
    """How many cells of a line hold the number or date that their column asks for, and how many hold something else."""
    kept = lost = 0
    for place, column in columns:
        text = lines.columns[place].at(line) if column.holds in _STRICT else None
        if text is not None and not is_null(collapse(text)):
            value, remark = conform_text(text, column)
            kept += value is not None
            lost += remark in _NO_VALUE
    return kept, lost


def _says_known_words(lines: Lines, columns: list[tuple[int, Column]], line: int) -> bool:
    """Whether a cell of a line holds a word of its column's vocabulary."""
    for place, column in columns:
        text = lines.columns[place].at(line) if column.vocabulary else None
        if text is not None and conform_text(text, column)[0] in column.vocabulary:
            return True
    return False
