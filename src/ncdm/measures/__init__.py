"""Measures: from rows to numbers that carry their rows, their unknowns and their uncertainty."""
