"""Count intended facts the way the reference totals do: raw vocabularies, five-number summaries, implied as-of dates."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median

Json = dict[str, object]
"""A branch of the truth: counts, texts and further branches by name."""


def vocabulary(values: Iterable[str | float | None]) -> Json:
    """How often each raw text occurs; white space collapsed, nothing written as ``(blank)``."""
    counts = Counter(re.sub(r"\s+", " ", str(value)).strip() if value not in (None, "") else "(blank)" for value in values)
    return dict(sorted(counts.items()))


def summary(numbers: Iterable[int]) -> Json:
    """Count, extremes, median and sum; only the count when there is nothing to summarise."""
    known = sorted(numbers)
    if not known:
        return {"n": 0}
    return {"n": len(known), "min": known[0], "median": median(known), "max": known[-1], "sum": sum(known)}


def implied(pairs: Iterable[tuple[date, int]]) -> Json:
    """The as-of dates that rows imply: their date plus their days."""
    counts = Counter((day + timedelta(days=days)).isoformat() for day, days in pairs)
    return dict(sorted(counts.items()))


def labels(values: Iterable[str | None]) -> set[str]:
    """Distinct labels; neither nothing nor a dash is one."""
    return {value for value in values if value is not None and value.strip() not in ("", "-")}


def entities(rows: int, subjects: Iterable[str | None], sites: Iterable[str | None], countries: Iterable[str | None]) -> Json:
    """The four numbers that every report has."""
    return {"rows": rows, "subjects": len(labels(subjects)), "sites": len(labels(sites)), "countries": len(labels(countries))}
