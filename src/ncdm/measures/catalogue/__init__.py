"""Rates and spreads over the counts, one file each."""
