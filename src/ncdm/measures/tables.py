"""The tables of the store as expressions see them: names and types, no rows, no engine."""

from functools import cache

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ncdm.ingest.tables import schema
from ncdm.types import TableName

_WITH_EACH_ROW = (
    pa.field("row_ref", pa.string()),
    pa.field("file_no", pa.int64()),
    pa.field("report_as_of", pa.date32()),
    pa.field("as_of_assumed", pa.bool_()),
)
"""What the store adds to each visible row."""


_NAMES = {
    pa.string(): "string",
    pa.int32(): "int32",
    pa.int64(): "int64",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp(6)",
}


def _named(name: str, fields: pa.Schema) -> ir.Table:
    return ibis.table({field.name: _NAMES[field.type] for field in fields}, name=name)


@cache
def table(name: str) -> ir.Table:
    """The visible rows of a contract table, with their reference and the day their report stands for."""
    fields = pa.schema([*schema(TableName(name)), *_WITH_EACH_ROW])
    return _named(name, fields)


SPINE_SUBJECT = pa.schema(
    [
        pa.field("study_id", pa.string()),
        pa.field("subject_id", pa.string()),
        pa.field("subject_no", pa.int64()),
        pa.field("subject_site_no", pa.int64()),
    ]
)
SPINE_SITE = pa.schema([pa.field("study_id", pa.string()), pa.field("site_id", pa.string()), pa.field("row_site_no", pa.int64())])
SPINE_STUDY = pa.schema([pa.field("study_id", pa.string()), pa.field("study_no", pa.int64())])


@cache
def spine_table(name: str) -> ir.Table:
    """``spine_subject``, ``spine_site`` or ``spine_study``: every group that any report names, numbered."""
    fields = {"spine_subject": SPINE_SUBJECT, "spine_site": SPINE_SITE, "spine_study": SPINE_STUDY}[name]
    return _named(name, fields)
