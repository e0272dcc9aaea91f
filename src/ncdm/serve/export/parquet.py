"""A Parquet file of what a grid shows; its as-of and filters stand in every line, as in CSV, and in the metadata of its schema."""

import io
import json
from collections.abc import Sequence
from datetime import date, datetime, time

import pyarrow as pa
import pyarrow.parquet as pq

from ncdm import INTENDED_USE, __version__
from ncdm.serve.export.shown import Cell, Column, Sheet, Type

AS_OF, FILTER = "data as of", "filter"


def parquet(sheet: Sheet) -> bytes:
    """The bytes of the file."""
    told = {AS_OF: sheet.as_of, FILTER: "; ".join(sheet.filters)}
    arrays = [_array(column) for column in sheet.columns]
    constants = [_constant(text, sheet.lines) for text in told.values()]
    names = distinct([*(column.title for column in sheet.columns), *told])
    metadata = {
        "ncdm.name": sheet.name,
        "ncdm.as_of": sheet.as_of,
        "ncdm.filters": json.dumps(sheet.filters, ensure_ascii=False),
        "ncdm.demo": "true" if sheet.demo else "false",
        "ncdm.use": INTENDED_USE,
        "ncdm.version": __version__,
    }
    table = pa.Table.from_arrays([*arrays, *constants], names=names).replace_schema_metadata(metadata)
    memory = io.BytesIO()
    pq.write_table(table, memory, compression="zstd")
    return memory.getvalue()


def distinct(titles: Sequence[str]) -> list[str]:
    """Titles as names of columns: none empty and none twice, because readers find a column by its name."""
    names: list[str] = []
    for place, title in enumerate(titles, 1):
        plain = title.strip() or f"column {place}"
        name, again = plain, 1
        while name in names:
            again += 1
            name = f"{plain} ({again})"
        names.append(name)
    return names


def _constant(text: str, lines: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array([0] * lines, pa.int32()), pa.array([text], pa.string()))


def _array(column: Column) -> pa.Array:
    """The values as the narrowest type that holds all of them."""
    if column.type is Type.TEXT:
        return pa.array(column.values, type=pa.string())
    if column.type is Type.NUMBER:
        # a column of nothing may hold fractions tomorrow
        whole = any(value is not None for value in column.values) and not any(isinstance(value, float) for value in column.values)
        return pa.array(column.values, type=pa.int64() if whole else pa.float64())
    if not any(isinstance(value, datetime) for value in column.values):
        return pa.array(column.values, type=pa.date32())
    return pa.array([_moment(value) for value in column.values], type=pa.timestamp("us"))


def _moment(value: Cell) -> Cell:
    """A day among moments is its first one."""
    return datetime.combine(value, time()) if isinstance(value, date) and not isinstance(value, datetime) else value
