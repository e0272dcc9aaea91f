"""The rows behind a number, by the code of its definition."""

from collections.abc import Sequence
from typing import cast

from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.catalogue import KRI_BY_CODE, MEASURES
from ncdm.measures.clean import CRITERIA
from ncdm.measures.compute import Measures
from ncdm.measures.measure import Count, Spread
from ncdm.measures.quality.evidence import evidence as index_evidence
from ncdm.measures.value import Group
from ncdm.serve.measured.told_quality import index_of

_INDEX = "dqi_"

Part = tuple[str, Count | Spread, tuple[tuple[str, float | None], ...]]
"""Which part of the number, what counts it, and its rows with what each adds."""


def rows_behind(found: Measures, code: str, group: Group) -> tuple[Part, ...]:
    """The rows of everything that a number is made of. Raises ``NotFound`` for a code that nothing has."""
    if code.startswith(_INDEX):
        index, dot, part = code.removeprefix(_INDEX).partition(".")
        return _index_parts(found, index, part, group) if dot else _index_rows(found, index, group)
    return tuple((part, one, found.rows(one, group)) for part, one in _made_of(code))


def _made_of(code: str) -> Sequence[tuple[str, Count | Spread]]:
    one = MEASURES.get(code) or KRI_BY_CODE.get(code)
    if isinstance(one, Count | Spread):
        return [("rows", one)]
    if one is not None:
        return [*(("numerator", count) for count in one.over), *(("denominator", count) for count in one.under)]
    if code in CRITERIA:
        return [("rows", count) for count in CRITERIA[code].items]
    raise NotFound(f"nothing is called {code}", todo="See the definitions for what there is.")


def _index_rows(found: Measures, index: str, group: Group) -> tuple[Part, ...]:
    """Of every indicator and ceiling; what two of them read stands once."""
    try:
        of = index_of(index)
    except InvalidQuestion as error:
        raise NotFound(f"nothing is called {_INDEX}{index}", todo="See the definitions for what there is.") from error
    codes = [one.code for one in of.indicators] + [one.code for one in of.ceilings]
    told = [part for code in codes for part in _index_parts(found, index, code, group)]
    return tuple({(part, one.code): (part, one, rows) for part, one, rows in told}.values())


def _index_parts(found: Measures, index: str, code: str, group: Group) -> tuple[Part, ...]:
    rows: dict[tuple[str, str], list[tuple[str, float | None]]] = {}
    try:
        told = index_evidence(found, index_of(index), code, group)
    except InvalidQuestion as error:
        raise NotFound(f"there is no part {code} of an index {index}", todo="See the waterfall for its parts.") from error
    for one in told:
        rows.setdefault((one.part, one.measure), []).append((one.row, one.adds))
    return tuple((part, cast("Count | Spread", MEASURES[measure]), tuple(lines)) for (part, measure), lines in rows.items())
