"""Where a header stands twice, read the copy whose cells suit the column, not the one that is constant (quirk Q34)."""

import re
from dataclasses import replace

from ncdm.contracts import Column, Holds
from ncdm.ingest.identify import Fit, How
from ncdm.ingest.lines import Lines, Texts
from ncdm.ingest.spelling import squeeze, without_note
from ncdm.ingest.values import conform_text

_FORM = re.compile(r"(?i)^\s*(form|from)\s*[0-9]+\s*$")


def prefer_telling_copies(fit: Fit, lines: Lines) -> Fit:
    """The same fit, reading of each repeated header the copy that tells most; of two spellings of a column the one declared first."""
    headers = list(fit.headers)
    for number, second in enumerate(headers):
        if second.how is not How.SECOND or second.column is None:
            continue
        column = fit.sheet.column(second.column)
        first_number = next(place for place, header in enumerate(headers) if header.column == column.name and header.how is not How.SECOND)
        first = headers[first_number]
        ranks = _rank(first.text, column), _rank(second.text, column)
        copies = _telling(lines.columns[first.place], column, fit), _telling(lines.columns[second.place], column, fit)
        if ranks[1] < ranks[0] or (ranks[0] == ranks[1] and copies[1] > copies[0]):
            headers[first_number] = replace(first, how=How.SECOND)
            headers[number] = replace(second, how=first.how)
    return replace(fit, headers=tuple(headers))


def _rank(header: str, column: Column) -> int:
    """Where a header stands among the spellings of its column."""
    spellings = [squeeze(spelling) for spelling in column.synonyms]
    words = (squeeze(header), squeeze(without_note(header)))
    return next((number for number, spelling in enumerate(spellings) if spelling in words), len(spellings))


def _telling(texts: Texts, column: Column, fit: Fit) -> tuple[float, int]:
    """How well a copy suits its column: share of texts that are of its kind, then how many texts differ."""
    below = sorted({place for place in texts.places[fit.last + 1 :].tolist() if place >= 0})
    seen = [texts.distinct[place] for place in below]
    if not seen:
        return 0.0, 0
    good = sum(_FORM.match(text) is not None if column.holds is Holds.FORM else conform_text(text, column)[1] is None for text in seen)
    return good / len(seen), len(seen)
