"""Neural Clinical Data Mesh: trial data quality and oversight; not for treatment decisions."""

__version__ = "0.1.0"
INTENDED_USE = "Trial data quality and oversight; not for treatment decisions."
