"""Undo what the anonymiser did to a closed vocabulary, where the file itself proves how.

In one study it wrote ``Form 1`` over ``Visit Level`` and ``Form 2`` over ``Summary Page``, in a header as well as in the
cells (data-contracts 3.6, quirk Q13). The header tells which label is which; the numbers of other studies may differ.
"""

import re
from collections.abc import Iterable, Mapping

from ncdm.contracts import Column
from ncdm.ingest.identify import Fit, How
from ncdm.ingest.spelling import collapse, squeeze

_FORM = re.compile(r"(?i)\bform\s*[0-9]+\b")
_LABEL = re.compile(r"(?i)^form\s*[0-9]+$")


def _words_under_label(header: str, synonym: str) -> tuple[str, str] | None:
    """The label in an anonymised header and the words it stands for, by comparing it with the known header."""
    found = _FORM.search(header)
    if found is None:
        return None
    pattern = re.escape(header[: found.start()]) + "(.+)" + re.escape(header[found.end() :])
    match = re.fullmatch(pattern, synonym, re.IGNORECASE)
    return None if match is None else (squeeze(found.group()), match[1])


def _canonical(words: str, column: Column) -> str | None:
    """The vocabulary value that has this spelling."""
    for canonical, spellings in column.vocabulary.items():
        if squeeze(words) in {squeeze(spelling) for spelling in spellings}:
            return canonical
    return None


def proofs(fit: Fit, sheet_name: str, column: Column, texts: Iterable[str]) -> dict[str, str]:
    """Label -> vocabulary value, as far as this sheet proves it: by an anonymised header, or by its own name."""
    proved: dict[str, str] = {}
    for header in fit.headers:
        if header.how is not How.ANONYMISED or header.column is None:
            continue
        for synonym in fit.sheet.column(header.column).synonyms:
            words = _words_under_label(collapse(header.text), synonym)
            canonical = _canonical(words[1], column) if words is not None else None
            if words is not None and canonical is not None:
                proved[words[0]] = canonical
    labels = {squeeze(text) for text in texts if _LABEL.match(collapse(text))}
    if len(labels) == 1:
        for canonical, spellings in column.vocabulary.items():
            # Of one word alone, such as Visit, the name of any sheet may be made.
            if any(squeeze(spelling) in squeeze(sheet_name) for spelling in spellings if " " in spelling):
                proved.setdefault(labels.pop(), canonical)
                break
    return proved


def complete(proved: Mapping[str, str], column: Column, texts: Iterable[str]) -> dict[str, str]:
    """With two values and two labels, proof of one proves the other."""
    known = dict(proved)
    labels = {squeeze(text) for text in texts if _LABEL.match(collapse(text))} - known.keys()
    left = set(column.vocabulary) - set(known.values())
    if known and len(labels) == 1 and len(left) == 1:
        known[labels.pop()] = left.pop()
    return known
