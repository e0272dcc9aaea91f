"""Two trees compared leaf by leaf."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.reference.mapping import Vocabulary

UNMAPPED = object()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf: where it is, what the reference says, what the mesh says."""

    path: str
    wanted: Any
    found: Any

    @property
    def equal(self) -> bool:
        """Whether both say the same."""
        return self.found is not UNMAPPED and self.wanted == self.found


def leaves(wanted: Any, found: Any, path: str) -> Iterator[Leaf]:
    """Every leaf of the reference with the mesh's value; one the mesh cannot map is `UNMAPPED`."""
    if isinstance(wanted, dict) and isinstance(found, Vocabulary):
        for key in sorted({*wanted, *found}):
            yield Leaf(f"{path}.{key}", wanted.get(key, 0), found.get(key, 0))
        if not wanted and not found:
            yield Leaf(path, {}, {})
    elif isinstance(wanted, dict) and isinstance(found, dict) and wanted:
        for key, value in wanted.items():
            yield from leaves(value, found.get(key, UNMAPPED), f"{path}.{key}")
    elif isinstance(wanted, dict) and wanted and found is UNMAPPED:
        for key, value in wanted.items():
            yield from leaves(value, UNMAPPED, f"{path}.{key}")
    else:
        yield Leaf(path, wanted, found)
