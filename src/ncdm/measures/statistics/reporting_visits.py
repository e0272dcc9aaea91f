"""Cumulative counts by subject and visit, completed: what every subject of one study had reported by any visit."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ncdm.errors import InvalidQuestion

Integers = npt.NDArray[np.int64]
Labels = npt.NDArray[np.generic]
"""Names of sites or subjects: text or numbers, anything that can be sorted."""


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """The subjects of one study in the order they first appear, with their counts carried forward over visits without a row."""

    sites: Labels
    """Names of the sites, sorted."""
    site: Integers
    """For each subject, the position of its site in ``sites``."""
    levels: Integers
    """The visit numbers that occur, rising."""
    last: Integers
    """For each subject, its last visit number."""
    count: Integers
    """(subjects, levels): cumulative count at each visit number; 0 before the first row, beyond the last visit the last count."""

    @property
    def last_count(self) -> Integers:
        """Each subject's count at its last visit."""
        return self.count[:, -1] if self.levels.size else np.zeros(0, dtype=np.int64)

    def at(self, visit: int) -> Integers:
        """Every subject's cumulative count at a visit number, whether or not anybody has a row there."""
        level = int(np.searchsorted(self.levels, visit, side="right")) - 1
        return np.zeros(self.site.size, dtype=np.int64) if level < 0 else self.count[:, level]


def complete_visits(site: Labels, subject: Labels, visit: Integers, count: Integers) -> VisitCounts:
    """Fill the gaps between the rows of one study: forward within a subject, the larger of two rows for one visit.

    site, subject, visit, count: 1-D, one element a row; visits and cumulative counts whole numbers >= 0. Refused (`InvalidQuestion`): unequal
    lengths, negative or broken numbers, a subject at two sites. Source: measures-and-statistics 4.3.
    """
    if not (site.ndim == 1 and site.shape == subject.shape == visit.shape == count.shape):
        raise InvalidQuestion(
            "sites, subjects, visits and counts do not belong together",
            where=f"{site.shape}, {subject.shape}, {visit.shape}, {count.shape}",
            todo="give one of each for every row",
        )
    for values, what in ((visit, "a visit"), (count, "a count")):
        if np.any((values != np.floor(values)) | (values < 0)):
            raise InvalidQuestion(f"{what} is negative or not a whole number", todo="give cumulative counts by visit number")
    sites, site_of_row = np.unique(site, return_inverse=True)
    _, first, of_row = np.unique(subject, return_index=True, return_inverse=True)
    # Subjects in the order of the file: the classic bootstrap draws by position.
    place = np.empty(first.size, dtype=np.int64)
    place[np.argsort(first, kind="stable")] = np.arange(first.size)
    row = place[of_row]
    site_of_subject = np.empty(first.size, dtype=np.int64)
    site_of_subject[row] = site_of_row
    if np.any(site_of_subject[row] != site_of_row):
        moved = subject[int(np.argmax(site_of_subject[row] != site_of_row))]
        raise InvalidQuestion("a subject has rows at two sites", where=f"subject {moved}", todo="give every subject one site")
    levels, level = np.unique(visit.astype(np.int64), return_inverse=True)
    known = np.full((first.size, levels.size), -1, dtype=np.int64)
    np.maximum.at(known, (row, level), count.astype(np.int64))
    source = np.maximum.accumulate(np.where(known >= 0, np.arange(levels.size), 0), axis=1)
    filled = np.maximum(np.take_along_axis(known, source, axis=1), 0)
    last = np.zeros(first.size, dtype=np.int64)
    np.maximum.at(last, row, visit.astype(np.int64))
    return VisitCounts(sites, site_of_subject, levels, last, filled)
