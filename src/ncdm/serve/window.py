"""A part of a list: which lines, in which order, from where to where."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that is wanted: ``items[offset : offset + limit]``."""

    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Slice(Generic[T_co]):
    """The part that was wanted, and how long the whole list is."""

    items: tuple[T_co, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by one column; rows without a value come last either way, and ties keep the order of the source."""

    column: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep the rows whose column, written as text, equals ``value``; an empty value keeps the rows that have none."""

    column: str
    value: str
