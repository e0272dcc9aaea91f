"""Delimited text with a header, read strictly: every cell that is no number where one is needed is named with its line."""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

from ncdm.errors import InvalidQuestion, RefusedInput

MISSING = frozenset({"", "NA", "NaN", "nan", "null", "NULL"})
"""What R and others write where there is no value."""
SEPARATORS = (",", ";", "\t", "|")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Delimited:
    """The header and the lines of a text; every line has as many cells as the header."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """Line of the text at which each row ends."""

    def text(self, column: str) -> tuple[str | None, ...]:
        """The cells of a column; ``None`` where there is no value."""
        place = self._place(column)
        return tuple(None if (cell := row[place].strip()) in MISSING else cell for row in self.rows)

    def numbers(self, column: str, *, least: float = -math.inf) -> tuple[float, ...]:
        """The numbers of a column, in the order of the rows; NaN where there is no value.

        Raises:
            InvalidQuestion: there is no such column.
            RefusedInput: a cell is no finite number, or is less than ``least``.
        """
        found = []
        for cell, line in zip(self.text(column), self.lines, strict=True):
            number = math.nan if cell is None else _number(cell)
            if number is None and cell is not None and "," in cell and _number(cell.replace(",", "")) is not None:
                raise self._refused(
                    f"{cell!r} has a comma, which may be for decimals or for thousands", column, line, "Write 0.5 and 1000."
                )
            if number is None:
                raise self._refused(f"{cell!r} is no number", column, line)
            if number < least:
                raise self._refused(f"{cell} is less than {least:g}", column, line)
            found.append(number)
        return tuple(found)

    def whole(self, column: str, *, least: float = 0) -> tuple[int | None, ...]:
        """The whole numbers of a column; ``None`` where there is no value.

        Raises:
            InvalidQuestion: there is no such column.
            RefusedInput: a cell is no whole number, or less than ``least``.
        """
        found: list[int | None] = []
        for number, line in zip(self.numbers(column, least=least), self.lines, strict=True):
            if not math.isnan(number) and number != int(number):
                raise self._refused("a whole number is needed", column, line)
            found.append(None if math.isnan(number) else int(number))
        return tuple(found)

    def _place(self, column: str) -> int:
        if column not in self.columns:
            near = get_close_matches(column, self.columns, 1)
            raise InvalidQuestion(
                f"there is no column {column!r}",
                where=self.name,
                todo=f"{f'Did you mean {near[0]}? ' if near else ''}Columns: {', '.join(self.columns)}.",
            )
        return self.columns.index(column)

    def _refused(self, what: str, column: str, line: int, todo: str = "Correct the cell, or leave it empty if unknown.") -> RefusedInput:
        return RefusedInput(what, where=f"{self.name}, line {line}, column {column}", todo=todo)


def read_delimited(lines: Iterable[str], name: str = "the text", needed: Sequence[str] = ()) -> Delimited:
    """Read comma-separated text whose first line names the columns; lines without any cell are passed over.

    needed: columns that must be there. Where semicolons, tabs or bars separate more of them in the first line than commas do, they separate cells.

    Raises:
        RefusedInput: there is no header, or no row, a column is named twice, or a line has another number of cells than the header.
    """
    following = iter(lines)
    try:
        first = next(following, "")
        reader = csv.reader(chain([first], following), delimiter=_separator(first, needed), strict=True)
        header = tuple(cell.strip() for cell in next(reader, ()))
        rows: list[tuple[str, ...]] = []
        ends: list[int] = []
        for row in reader:
            if row:
                rows.append(tuple(row))
                ends.append(reader.line_num)
    except (csv.Error, UnicodeDecodeError) as error:
        raise RefusedInput(f"the text is no comma-separated table: {error}", where=name, todo="Save it as CSV in UTF-8.") from None
    header = (header[0].removeprefix("\ufeff"), *header[1:]) if header else ()
    twice = sorted({column for column in header if header.count(column) > 1})
    if not any(header) or twice:
        what = f"a column is named twice: {', '.join(twice)}" if twice else "it is empty"
        raise RefusedInput(what, where=name, todo="The first line must name the columns, each once.")
    if not rows:
        raise RefusedInput("it has a header and no row", where=name, todo="Give one line per subject or per group.")
    ragged = [(line, len(row)) for line, row in zip(ends, rows, strict=True) if len(row) != len(header)]
    if ragged:
        told = ", ".join(f"line {line} has {cells}" for line, cells in ragged[:_SHOWN])
        raise RefusedInput(f"the header has {len(header)} cells, {told}", where=name, todo="Give every line the cells of the header.")
    return Delimited(name, header, tuple(rows), tuple(ends))


def _separator(header: str, needed: Sequence[str]) -> str:
    """What separates the cells: the first of commas, semicolons, tabs and bars by which the header has the most of the columns that are needed."""

    def found(separator: str) -> int:
        try:
            columns = {cell.strip().removeprefix("\ufeff") for cell in next(csv.reader([header], delimiter=separator), [])}
        except csv.Error:
            return 0
        return len(columns.intersection(needed))

    return max(SEPARATORS, key=found)


def write_delimited(columns: Sequence[str], rows: Iterable[Sequence[str | float | int | None]]) -> str:
    """Comma-separated text that reads back: numbers to the last digit, nothing as NA, as R writes it."""
    lines: list[str] = []

    class _Lines:
        @staticmethod
        def write(line: str) -> int:
            lines.append(line)
            return len(line)

    writer = csv.writer(_Lines(), lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return "".join(lines)


def _cell(value: str | float | None) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "NA"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return str(value)


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in cell else None
