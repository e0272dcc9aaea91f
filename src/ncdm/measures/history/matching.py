"""Two lists of things compared as multisets: what is new, what is gone, what is still there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One row that lists one thing."""

    key: tuple[object, ...]
    """What tells it apart from others, in the order of the list's columns; ``None`` where the row does not say."""
    site_id: str | None
    row_ref: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one snapshot that are to be compared with those of another."""

    columns: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of the things of the earlier listing, and what the later one has besides."""

    new: tuple[Item, ...]
    gone: tuple[Item, ...]
    kept: int
    left_out: tuple[str, ...]
    """Columns that only one of the two listings fills: comparing them would make everything new and everything gone."""


def match(before: Listing, after: Listing) -> Matched:
    """Compare two listings of the same columns as multisets.

    Rows of one key cannot be told apart: of three before and two after, one is gone, and the last by reference is named. The order of rows does
    not matter. Source: measures-and-statistics 5.
    """
    left_out = tuple(name for place, name in enumerate(before.columns) if _filled_once(place, before.items, after.items))
    places = [place for place, name in enumerate(before.columns) if name not in left_out]
    old, new = _by_key(before.items, places), _by_key(after.items, places)
    return Matched(
        new=_surplus(new, old),
        gone=_surplus(old, new),
        kept=sum(min(len(items), len(new.get(key, ()))) for key, items in old.items()),
        left_out=left_out,
    )


def _filled_once(place: int, before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Whether a column has values in one of two listings that both have rows, and none in the other."""
    if not before or not after:
        return False
    return any(item.key[place] is not None for item in before) != any(item.key[place] is not None for item in after)


def _by_key(items: Iterable[Item], places: Sequence[int]) -> dict[tuple[object, ...], list[Item]]:
    found: dict[tuple[object, ...], list[Item]] = {}
    for item in sorted(items, key=lambda item: item.row_ref):
        found.setdefault(tuple(item.key[place] for place in places), []).append(item)
    return found


def _surplus(of: dict[tuple[object, ...], list[Item]], other: dict[tuple[object, ...], list[Item]]) -> tuple[Item, ...]:
    """The items of one listing that the other has no counterpart for, by reference."""
    found = [item for key, items in of.items() for item in items[len(other.get(key, ())) :]]
    return tuple(sorted(found, key=lambda item: item.row_ref))
