"""A part of a list."""

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
