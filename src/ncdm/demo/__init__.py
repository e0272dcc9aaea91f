"""Invent a portfolio in the layouts of the real exports, with the truth beside it, so that nobody needs data to see the product."""

from ncdm.demo.delivery import Written, write
from ncdm.demo.quirks import QUIRKS, Quirk
from ncdm.demo.room import MARKER

__all__ = ["MARKER", "QUIRKS", "Quirk", "Written", "write"]
