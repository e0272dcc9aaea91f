"""A sheet fits exactly one contract, or the reason why not. By content, never by file name alone.

The header is the first line whose cells are known column names; the contract is the one whose telling columns are all
there. Equal fits are told apart by what the cells hold, then by the sheet's name, then by the file's name; what still
fits two is quarantined (data-contracts section 2).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from ncdm.contracts import SHEETS, Column, Kind, SheetContract
from ncdm.ingest.lines import Lines
from ncdm.ingest.spelling import header_word, similarity, squeeze, without_note

SEARCHED_LINES = 15
PROBED_TEXTS = 200
PROBE_SHARE = 0.8
LEAST_CELLS = 2
MOST_LIKENED = 60
"""Cells of a line up to which names are compared by likeness."""
LEAST_TELLING = 12
"""Letters a known spelling needs to be recognised at the start of a longer header, as in ``# Days Outstanding as of today``."""
_FORM_IN_HEADER = re.compile(r"form\d+")


class How(StrEnum):
    """How a header was recognised as a column."""

    EXACT = "exact"
    FUZZY = "fuzzy"
    ANONYMISED = "anonymised"
    """The anonymiser wrote ``Form N`` over words of the header."""
    IGNORED = "ignored"
    NOT_STORED = "not_stored"
    """Recognised, and on purpose never kept."""
    SECOND = "second"
    """The same header stands twice; the other copy is read."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header cell and the column it became."""

    place: int
    """0-based column of the sheet."""
    text: str
    column: str | None
    how: How
    described: str | None = None
    """What a line below the header says of the column, such as who is responsible for it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A sheet matched to a contract: where its header is, and which column is where."""

    kind: Kind
    sheet: SheetContract
    first: int
    """0-based first header line."""
    last: int
    """0-based last line of header and of the rows that describe it."""
    headers: tuple[Header, ...]

    def places(self) -> dict[str, int]:
        """Column name -> 0-based column of the sheet, for the columns that are read."""
        return {header.column: header.place for header in self.headers if header.column is not None and header.how in _READ}

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns of the contract that the sheet does not bring: absent in source, never zero."""
        found = self.places()
        return tuple(column.name for column in self.sheet.columns if column.name not in found and not column.not_stored)


_READ = frozenset({How.EXACT, How.FUZZY, How.ANONYMISED})


@dataclass(frozen=True, slots=True)
class NoFit:
    """Why a sheet is quarantined, and the contract that comes nearest."""

    reason: str
    nearest: str | None


@cache
def _synonyms(contract: SheetContract) -> Mapping[str, Column]:
    """Squeezed spelling -> column; the first column that claims a spelling keeps it."""
    known: dict[str, Column] = {}
    for column in contract.columns:
        for synonym in (*column.synonyms, column.name):
            known.setdefault(header_word(synonym), column)
            known.setdefault(header_word(without_note(synonym)), column)
    known.pop("", None)
    return known


@cache
def _telling(contract: SheetContract) -> tuple[frozenset[str], ...]:
    """For each column of the signature, the spellings it may have."""
    known = _synonyms(contract)
    return tuple(frozenset(spelling for spelling, column in known.items() if column.name == name) for name in contract.signature)


@cache
def _spelt_anywhere() -> frozenset[str]:
    """Every spelling of every contract, to find header lines quickly."""
    return frozenset(spelling for _kind, contract in SHEETS for spelling in _synonyms(contract))


@lru_cache(maxsize=20_000)
def _spellings(header: str) -> tuple[str, str]:
    """A header as a spelling, with and without its trailing note."""
    return header_word(header), header_word(without_note(header))


def _merged(lines: Lines, first: int, contract: SheetContract) -> tuple[list[str | None], int]:
    """The header texts when up to ``header_rows`` merged lines name the columns: the lowest text wins."""
    texts = lines.texts(first)
    last = first
    for line in range(first + 1, min(first + contract.header_rows, lines.count)):
        lower = lines.texts(line)
        if contract.data_starts_with and any(text is not None and re.match(contract.data_starts_with, text) for text in lower[:1]):
            break
        texts = [low if low is not None else high for low, high in zip(lower, texts, strict=True)]
        last = line
    return texts, last


def _match(texts: list[str | None], contract: SheetContract, *, near: bool) -> tuple[Header, ...]:
    """Which column each header is: exact spellings first, then misspellings, then headers the anonymiser hit."""
    known = _synonyms(contract)
    headers: dict[int, Header] = {}
    taken: dict[str, int] = {}
    for place, text in enumerate(texts):
        if text is None:
            continue
        column = next((known[spelling] for spelling in _spellings(text) if spelling in known), None)
        if column is None:
            headers[place] = Header(place, text, None, How.IGNORED)
        elif column.not_stored:
            headers[place] = Header(place, text, column.name, How.NOT_STORED)
        elif column.name in taken:
            headers[place] = Header(place, text, column.name, How.SECOND)
        else:
            taken[column.name] = place
            headers[place] = Header(place, text, column.name, How.EXACT)
    if near:
        _match_near(headers, taken, contract)
    return tuple(headers[place] for place in sorted(headers))


def _match_near(headers: dict[int, Header], taken: dict[str, int], contract: SheetContract) -> None:
    """Give the headers that matched nothing to the columns that are still missing, best likeness first."""
    scored: list[tuple[float, int, str, How]] = []
    for place, header in headers.items():
        if header.how is not How.IGNORED:
            continue
        word = header_word(header.text)
        for spelling, column in _synonyms(contract).items():
            if column.name not in taken and not column.not_stored:
                score, how = _likeness(word, spelling)
                if score:
                    scored.append((score, place, column.name, how))
    for _score, place, name, how in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if name not in taken and headers[place].how is How.IGNORED:
            taken[name] = place
            headers[place] = Header(place, headers[place].text, name, how)


def _likeness(word: str, spelling: str) -> tuple[float, How]:
    """How like a known spelling a header is: misspelt, longer than known, or with words overwritten by ``Form N``."""
    score = similarity(word, spelling)
    if score:
        return score, How.FUZZY
    if len(spelling) >= LEAST_TELLING and word.startswith(spelling):
        return 0.6 * len(spelling) / len(word), How.FUZZY
    if _FORM_IN_HEADER.search(word):
        pattern = _FORM_IN_HEADER.sub(".{3,}", word)
        if pattern != ".{3,}" and re.fullmatch(pattern, spelling):
            return 0.5, How.ANONYMISED
    return 0.0, How.IGNORED


def _described(lines: Lines, contract: SheetContract, headers: tuple[Header, ...], last: int) -> int:
    """The last line that names or describes columns; one that is data describes none, in an export without such a line."""
    place = next((header.place for header in headers if header.column == contract.data_column and header.how in _READ), None)
    for line in range(last + 1, min(last + 1 + contract.rows_below_header, lines.count)):
        text = None if place is None else lines.columns[place].at(line)
        if text is not None and re.match(contract.data_starts_with, text):
            return line - 1
    return min(last + contract.rows_below_header, lines.count - 1)


def described(lines: Lines, fit: Fit) -> Mapping[int, str]:
    """Column of the sheet -> what the lines between its names and its rows say of it."""
    _texts, named = _merged(lines, fit.first, fit.sheet)
    return {place: text for line in range(named + 1, fit.last + 1) for place, text in enumerate(lines.texts(line)) if text is not None}


@cache
def _stricter(contract: SheetContract) -> tuple[tuple[Kind, SheetContract], ...]:
    """The contracts that ask for all this one asks for, and for more."""
    return tuple((kind, other) for kind, other in SHEETS if set(contract.signature) < set(other.signature))


def _fits(lines: Lines, first: int, *, near: bool, among: Iterable[tuple[Kind, SheetContract]] = SHEETS) -> list[Fit]:
    """Every contract whose telling columns are in the header that starts at this line."""
    fits: list[Fit] = []
    spelt = {spelling for text in lines.texts(first) if text is not None for spelling in _spellings(text)}
    for kind, contract in among:
        if not near and contract.header_rows == 1 and any(spelt.isdisjoint(spellings) for spellings in _telling(contract)):
            continue
        texts, last = _merged(lines, first, contract)
        headers = _match(texts, contract, near=near)
        named = {header.column for header in headers if header.how in _READ}
        if not named.issuperset(contract.signature):
            continue
        fits.append(Fit(kind, contract, first, _described(lines, contract, headers, last), headers))
    return fits


def _agrees(fit: Fit, lines: Lines) -> bool:
    """Whether the cells hold what the contract's probes say; a sheet without data agrees with all."""
    places = fit.places()
    for name, pattern in fit.sheet.content.items():
        if name not in places:
            continue
        column = lines.columns[places[name]]
        seen = {place for place in column.places[fit.last + 1 :].tolist() if place >= 0}
        texts = [column.distinct[place] for place in sorted(seen)[:PROBED_TEXTS]]
        if texts and sum(bool(re.match(pattern, text.strip())) for text in texts) < PROBE_SHARE * len(texts):
            return False
    return True


def _named(words: Iterable[str], name: str) -> bool:
    """Whether a name carries one of the words, misspelt perhaps."""
    squeezed = squeeze(name)
    return any(word in squeezed or similarity(word, squeezed) > 0 for word in words)


def _closed_out(fit: Fit, sheet_name: str) -> bool:
    """Whether a closed contract is ruled out: the sheet brings columns it does not know, under another name."""
    unknown = any(header.how is How.IGNORED for header in fit.headers)
    return fit.sheet.closed and unknown and not _named(fit.sheet.sheet_words, sheet_name)


def _narrow(fits: list[Fit], lines: Lines, sheet_name: str, file_name: str) -> list[Fit]:
    """Tell equal fits apart: most telling header, then cells, then known columns, then names."""
    fits = [fit for fit in fits if not _closed_out(fit, sheet_name)]
    fits = [fit for fit in fits if not any(set(fit.sheet.signature) < set(other.sheet.signature) for other in fits)]
    if any(not fit.sheet.closed for fit in fits):
        fits = [fit for fit in fits if not fit.sheet.closed]
    fits = [fit for fit in fits if _agrees(fit, lines)] or fits
    most = max((len(fit.places()) for fit in fits), default=0)
    fits = [fit for fit in fits if len(fit.places()) == most]
    if len(fits) > 1:
        best = _longest_word(fits, sheet_name)
        fits = best or fits
    if len(fits) > 1 and len({fit.kind.code for fit in fits}) > 1:
        fits = [fit for fit in fits if _named(fit.kind.file_words, file_name)] or fits
    return fits


def _longest_word(fits: list[Fit], sheet_name: str) -> list[Fit]:
    """The fits whose longest word stands in the sheet's name: ``unlocked`` tells more than ``locked``."""
    squeezed = squeeze(sheet_name)
    lengths = {id(fit): max((len(word) for word in fit.sheet.sheet_words if word in squeezed), default=0) for fit in fits}
    longest = max(lengths.values(), default=0)
    if longest:
        return [fit for fit in fits if lengths[id(fit)] == longest]
    return [fit for fit in fits if _named(fit.sheet.sheet_words, sheet_name)]


def _header_lines(lines: Lines, *, near: bool = False) -> Iterator[int]:
    """The lines among the first that hold two or more known column names; with ``near``, where there is none, names misspelt."""
    known = _spelt_anywhere()
    first = range(min(SEARCHED_LINES, lines.count))
    exact = [line for line in first if _count(lines, line, lambda word: word in known) >= LEAST_CELLS]
    if exact or not near:
        yield from exact
    else:
        # Whole headers misspelt are rare, and likeness is dear: only narrow lines of words are looked at.
        few = (line for line in first if 1 < sum(text is not None for text in lines.texts(line)) <= MOST_LIKENED)
        yield from (
            line for line in few if _count(lines, line, lambda word: any(similarity(word, spelling) for spelling in known)) >= LEAST_CELLS
        )


def _count(lines: Lines, line: int, is_known: Callable[[str], bool]) -> int:
    """Cells of a line that are known as a column's name."""
    return sum(any(is_known(spelling) for spelling in _spellings(text)) for text in lines.texts(line) if text is not None)


def names_columns(lines: Lines, line: int) -> int:
    """How many cells of a line are known as names of columns, of whatever contract."""
    known = _spelt_anywhere()
    return _count(lines, line, lambda word: word in known)


def _nearest(lines: Lines) -> tuple[str | None, tuple[str, ...]]:
    """The contract with most columns there, of equals the one with fewest more, and the titles of its telling columns that are not."""
    best: tuple[tuple[int, float], str | None, tuple[str, ...]] = ((0, 0.0), None, ())
    for line in _header_lines(lines, near=True):
        for _kind, contract in SHEETS:
            texts, _last = _merged(lines, line, contract)
            named = {header.column for header in _match(texts, contract, near=True) if header.how in _READ}
            rank = (len(named), len(named) / len(contract.columns))
            if named and rank > best[0]:
                absent = tuple(contract.column(name).title for name in contract.signature if name not in named)
                best = (rank, contract.title, absent)
    return best[1], best[2]


def candidates(lines: Lines, sheet_name: str, file_name: str) -> list[Fit] | NoFit:
    """The contracts that fit a sheet equally well: one, or several that only their neighbours can tell apart."""
    if not lines.filled.any():
        return NoFit("the sheet is empty: there is not even a header", None)
    for near in (False, True):
        for line in _header_lines(lines, near=near):
            fits = _fits(lines, line, near=near)
            if not near:
                # A misspelt header must not make a sheet the plainer of two.
                known = {fit.sheet for fit in fits}
                stricter = {other: kind for fit in fits for kind, other in _stricter(fit.sheet) if other not in known}
                fits += _fits(lines, line, near=True, among=tuple((kind, other) for other, kind in stricter.items()))
            fits = _narrow(fits, lines, sheet_name, file_name)
            if not fits:
                continue
            fits = [_as_named(fit, lines, sheet_name) for fit in fits]
            if near:
                return fits
            return [_with_near(fit, lines) for fit in fits]
    nearest, missing = _nearest(lines)
    if nearest is None:
        return NoFit("no line of the first 15 holds known column names", None)
    return NoFit(f"no contract fits; the nearest needs {', '.join(missing) or 'other columns'}", nearest)


def _as_named(fit: Fit, lines: Lines, sheet_name: str) -> Fit:
    """The stricter contract of the same report where the sheet is named after it and only lacks its telling column: a tab *Safety* is no *DM*."""
    if _named(fit.sheet.sheet_words, sheet_name):
        return fit
    for kind, other in _stricter(fit.sheet):
        if kind is fit.kind and _named(other.sheet_words, sheet_name):
            texts, _last = _merged(lines, fit.first, other)
            return Fit(kind, other, fit.first, fit.last, _match(texts, other, near=True))
    return fit


def _with_near(fit: Fit, lines: Lines) -> Fit:
    """The same fit, with misspelt headers given to the columns that were still missing."""
    texts, _last = _merged(lines, fit.first, fit.sheet)
    return Fit(fit.kind, fit.sheet, fit.first, fit.last, _match(texts, fit.sheet, near=True))
