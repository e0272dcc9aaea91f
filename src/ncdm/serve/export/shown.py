"""What a grid shows, as a page sends it: columns with their types, lines, and what a reader of the file must know."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, FiniteFloat, StringConstraints, TypeAdapter, ValidationError
from pydantic import Field as Bound

from ncdm.errors import InvalidQuestion
from ncdm.serve.refusals import TooLarge

Cell = str | int | float | date | datetime | None
"""A value of the type of its column; ``None`` is unknown, and an empty cell."""


class Format(StrEnum):
    """What kind of file."""

    XLSX = "xlsx"
    PARQUET = "parquet"


class Type(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    """``2025-11-14``, or with a time of no zone: ``2025-11-14T08:30``."""


@dataclass(frozen=True, slots=True)
class ExportLimits:
    """How much one file may hold. A spreadsheet program holds little more."""

    bytes: int = 64 * 1024 * 1024
    rows: int = 250_000
    columns: int = 500
    cells: int = 1_500_000


class Titled(BaseModel):
    """A column."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Annotated[str, StringConstraints(max_length=500)]
    type: Type


class Shown(BaseModel):
    """The lines that a grid shows, in its order, with its as-of and filters."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: Format
    name: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    as_of: Annotated[str, StringConstraints(max_length=300)]
    filters: Annotated[tuple[Annotated[str, StringConstraints(max_length=2000)], ...], Bound(max_length=500)]
    demo: bool
    columns: Annotated[tuple[Titled, ...], Bound(min_length=1)]
    rows: tuple[tuple[str | int | FiniteFloat | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its values, line by line."""

    title: str
    type: Type
    values: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written into a file."""

    name: str
    as_of: str
    filters: tuple[str, ...]
    demo: bool
    columns: tuple[Column, ...]
    lines: int


_EXACT = 2**53
"""Up to here a page, a workbook and a fraction all count alike."""
_MOST = 10**300
_SHOWN = TypeAdapter(Shown)
_TODO = "Send what the API document describes."


def read(body: bytes, limits: ExportLimits) -> tuple[Format, Sheet]:
    """What a page sent. Raises ``InvalidQuestion`` for what has no meaning and ``TooLarge`` for what is too much."""
    try:
        shown = _SHOWN.validate_json(body)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = " ".join(("body", *(str(part) for part in fault["loc"][:4])))
        raise InvalidQuestion(f"{fault['msg']}.", where=where, todo=_TODO) from error
    _measure(shown, limits)
    return shown.format, Sheet(
        name=shown.name,
        as_of=shown.as_of,
        filters=shown.filters,
        demo=shown.demo,
        columns=tuple(_column(place, titled, shown.rows) for place, titled in enumerate(shown.columns)),
        lines=len(shown.rows),
    )


def schema() -> dict[str, object]:
    """What a page sends, for the API document; its one nested type stands in its place."""
    told = _SHOWN.json_schema(ref_template="{model}")
    named = told.pop("$defs")
    titled = named["Titled"]
    titled["properties"]["type"] = named["Type"]
    told["properties"]["format"] = named["Format"]
    told["properties"]["columns"]["items"] = titled
    return dict(told)


def _measure(shown: Shown, limits: ExportLimits) -> None:
    lines, width = len(shown.rows), len(shown.columns)
    for what, found, most in (("columns", width, limits.columns), ("lines", lines, limits.rows), ("cells", lines * width, limits.cells)):
        if found > most:
            raise TooLarge(
                f"A file holds at most {most:,} {what}; these are {found:,}.",
                where="export",
                todo="Filter the lines or hide columns; a CSV file has no such limit.",
            )
    for number, row in enumerate(shown.rows, 1):
        if len(row) != width:
            raise InvalidQuestion(f"Line {number} has {len(row)} values for {width} columns.", where=f"body rows {number - 1}", todo=_TODO)


def _column(place: int, titled: Titled, rows: Sequence[Sequence[str | float | None]]) -> Column:
    read_one = _READERS[titled.type]
    values: list[Cell] = []
    for number, row in enumerate(rows):
        value = row[place]
        try:
            values.append(None if value is None else read_one(value))
        except ValueError as error:
            raise InvalidQuestion(
                f"Line {number + 1} of column {place + 1} holds no {titled.type}.", where=f"body rows {number} {place}", todo=_TODO
            ) from error
    return Column(titled.title, titled.type, values)


def _text(value: str | float) -> str:
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - one way to say that a value does not fit its column
    return value


def _number(value: str | float) -> int | float:
    if isinstance(value, str):
        raise ValueError  # noqa: TRY004 - the same
    if isinstance(value, int) and abs(value) > _EXACT:
        if abs(value) > _MOST:
            raise ValueError
        return float(value)
    return value


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?", re.ASCII)


def _date(value: str | float) -> date | datetime:
    if not isinstance(value, str) or _DATE.fullmatch(value) is None:
        raise ValueError
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


_READERS: Mapping[Type, Callable[[str | float], Cell]] = {Type.TEXT: _text, Type.NUMBER: _number, Type.DATE: _date}
