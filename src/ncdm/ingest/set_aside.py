"""Lines that are no data, and what each of them is: blank, banner, header, total, footer or stray."""

import re
from collections.abc import Mapping

import numpy as np

from ncdm.ingest.data_lines import Told
from ncdm.ingest.identify import Fit
from ncdm.ingest.lines import Lines
from ncdm.ingest.receipt import Run
from ncdm.types import LineClass

_WORDS = re.compile(r"[A-Za-z]{3,}")
_FORMULA = re.compile(r"[$=]\$?[A-Z]{1,3}\$?\d|^\s*=")
_ORDER = (LineClass.BLANK, LineClass.BANNER, LineClass.HEADER, LineClass.TOTAL, LineClass.FOOTER, LineClass.STRAY)


def classify(lines: Lines, fit: Fit, lines_told: Told) -> tuple[Mapping[LineClass, int], tuple[Run, ...]]:
    """Counts by class, and the runs of lines that share one. Data lines belong to no class."""
    data = lines_told.data
    classes = np.full(lines.count, -1, dtype=np.int8)
    empty = ~lines.filled
    classes[empty] = _ORDER.index(LineClass.BLANK)
    above = np.arange(lines.count) < fit.first
    classes[above & ~empty] = _ORDER.index(LineClass.BANNER)
    classes[fit.first : fit.last + 1] = _ORDER.index(LineClass.HEADER)
    classes[lines_told.headers] = _ORDER.index(LineClass.HEADER)
    last_data = int(np.flatnonzero(data)[-1]) if data.any() else fit.last
    for line in np.flatnonzero((classes == -1) & ~data).tolist():
        if lines_told.totals[line]:
            classes[line] = _ORDER.index(LineClass.TOTAL)
        else:
            classes[line] = _ORDER.index(LineClass.FOOTER if line > last_data and _is_words(lines, line) else LineClass.STRAY)
    counts = {name: found for number, name in enumerate(_ORDER) if (found := int(np.count_nonzero(classes == number)))}
    return counts, _runs(classes)


def _is_words(lines: Lines, line: int) -> bool:
    """Whether a line below the data reads as words, as a footer does; the debris of a formula does not."""
    texts = [text for text in lines.texts(line) if text is not None]
    return any(_WORDS.search(text) and not _FORMULA.search(text) for text in texts)


def _runs(classes: np.ndarray[tuple[int], np.dtype[np.int8]]) -> tuple[Run, ...]:
    """Consecutive lines of one class as one run, 1-based."""
    edges = np.flatnonzero(np.diff(classes)) + 1
    starts = [0, *edges.tolist()]
    ends = [*(edges - 1).tolist(), len(classes) - 1]
    return tuple(Run(_ORDER[classes[start]], start + 1, end + 1) for start, end in zip(starts, ends, strict=True) if classes[start] >= 0)
