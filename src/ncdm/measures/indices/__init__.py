"""Indices, one file each: which indicators, caps and weights."""
