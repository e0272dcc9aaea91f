"""How two spellings are compared: collapsed, squeezed to letters and digits, or nearly alike."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache, reduce
from operator import or_

NEAR = 0.84
"""Two squeezed headers at least this similar are taken as one word misspelt; see `similar`."""
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_DIGITS = re.compile(r"\d+")
_COUNTS = re.compile(r"(?<![a-z])(?:no|nr|nbr|num|number|count|#)\s*\.?\s*of(?![a-z])")
_TRAILING_NOTE = re.compile(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*$")
_SHORTEST_NEAR = 4
_OPPOSITES = frozenset({"un", "not", "non", "in", "im", "de", "dis", "re", "pd", "page"})
"""Syllables that turn a word into another: ``unverified`` is no misspelling of ``verified``, nor ``Status`` one of ``PD Status``."""


def collapse(text: str) -> str:
    """White space of any kind and line breaks become one space, ends trimmed (data-contracts section 2)."""
    return " ".join(text.split())


@lru_cache(maxsize=16_384)
def squeeze(text: str) -> str:
    """Only letters and digits, lower case, NFKC: ``Site Number``, ``SiteNumber`` and ``site  number`` agree."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=16_384)
def header_word(text: str) -> str:
    """A header squeezed, without the words that only say it counts: ``# Days``, ``No. of Days`` and ``Number of Days`` agree."""
    return squeeze(_COUNTS.sub(" ", unicodedata.normalize("NFKC", text).lower()))


def without_note(text: str) -> str:
    """A header without its trailing remark in brackets: ``# Days (TODAY - DATE)`` is ``# Days``."""
    return _TRAILING_NOTE.sub("", text)


@lru_cache(maxsize=16_384)
def _letters(word: str) -> int:
    """The letters of a word as the bits of a number."""
    return reduce(or_, (1 << ord(letter) % 64 for letter in word))


def _most_alike(left: str, right: str) -> float:
    """The likeness that two words can have at most, by their lengths and the letters that one of them lacks; most pairs end here."""
    these, those = _letters(left), _letters(right)
    common = min(len(left) - (these & ~those).bit_count(), len(right) - (those & ~these).bit_count())
    return 2 * common / (len(left) + len(right))


def similarity(left: str, right: str) -> float:
    """Likeness of two squeezed words in 0 to 1; 0 when digits differ (``45 days``, ``90 days``) or one reverses the other."""
    if min(len(left), len(right)) < _SHORTEST_NEAR or _most_alike(left, right) < NEAR:
        return 0.0
    return _likeness(left, right)


@lru_cache(maxsize=16_384)
def _likeness(left: str, right: str) -> float:
    """Likeness of two words that may be alike, letter by letter."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if _DIGITS.findall(left) != _DIGITS.findall(right) or matcher.quick_ratio() < NEAR:
        return 0.0
    ratio = matcher.ratio()
    if ratio < NEAR or any(
        {left[a:b], right[c:d]} & _OPPOSITES and "" in {left[a:b], right[c:d]} for _tag, a, b, c, d in matcher.get_opcodes()
    ):
        return 0.0
    return ratio
