"""Country names and codes as ISO 3166 alpha-3."""

import re
import unicodedata
from functools import lru_cache

import iso3166

_WORD = re.compile(r"[a-z]+")
_FILLER = frozenset({"the", "of", "and"})
_COMMON = {
    "uk": "GBR",
    "great britain": "GBR",
    "england": "GBR",
    "usa": "USA",
    "united states": "USA",
    "russia": "RUS",
    "south korea": "KOR",
    "north korea": "PRK",
    "taiwan": "TWN",
    "vietnam": "VNM",
    "iran": "IRN",
    "czech republic": "CZE",
    "turkey": "TUR",
    "moldova": "MDA",
    "venezuela": "VEN",
    "bolivia": "BOL",
    "tanzania": "TZA",
    "syria": "SYR",
    "laos": "LAO",
    "macedonia": "MKD",
    "netherlands": "NLD",
    "kingdom netherlands": "NLD",
    "slovak republic": "SVK",
    "hong kong": "HKG",
    "macau": "MAC",
    "ivory coast": "CIV",
    "palestine": "PSE",
}
"""Names the trade uses and ISO does not."""


def _words(name: str) -> frozenset[str]:
    """A name as a set of words without accents, so that ``KOREA (THE REPUBLIC OF)`` is ``Korea, Republic of``."""
    plain = "".join(character for character in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(character))
    return frozenset(_WORD.findall(plain)) - _FILLER


_BY_WORDS = {_words(name): code for name, code in _COMMON.items()} | {_words(country.name): country.alpha3 for country in iso3166.countries}
_ALPHA2 = {country.alpha2: country.alpha3 for country in iso3166.countries}
_ALPHA3 = frozenset(country.alpha3 for country in iso3166.countries)


@lru_cache(maxsize=4096)
def iso3(text: str) -> str | None:
    """The ISO alpha-3 code of a code or an English name; ``None`` when ISO knows neither."""
    upper = text.strip().upper()
    if upper in _ALPHA3:
        return upper
    if upper in _ALPHA2:
        return _ALPHA2[upper]
    return _BY_WORDS.get(_words(text))
