"""The lines of an identified sheet become typed rows, rejections with their reason, or lines set aside.

Nothing is dropped, nothing is joined, and no two equal rows become one (data-contracts section 2).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ncdm.contracts import Column, Holds, Role
from ncdm.ingest.as_of import as_of_counts, chosen
from ncdm.ingest.data_lines import FOOTER_CELLS, Told, telling_place
from ncdm.ingest.identify import Fit, Header, NoFit, described
from ncdm.ingest.lines import Lines, Mask
from ncdm.ingest.receipt import SheetReceipt
from ncdm.ingest.set_aside import classify
from ncdm.ingest.spelling import collapse, squeeze
from ncdm.ingest.tables import REJECTION, REMARK, TOTAL_CELL
from ncdm.ingest.values import Remark, Value, conform_text, is_null, label, scrub
from ncdm.ingest.workbook import Identified
from ncdm.types import SheetOutcome, TableName

_ARROW = {Holds.INTEGER: pa.int64(), Holds.IDENTIFIER: pa.int64(), Holds.DATE: pa.date32(), Holds.TIMESTAMP: pa.timestamp("us")}
Numbers = npt.NDArray[np.integer]
Labels = Mapping[str, Mapping[str, str]]
"""Column -> anonymised label -> vocabulary value, as the workbook proves it."""


class Reason(StrEnum):
    """Why a line that looks like data is not accepted."""

    KEY_IS_ERROR = "key_is_error"
    """The cell that makes the line a data line holds a spreadsheet error."""
    KEY_IS_EMPTY = "key_is_empty"
    """The line is as full as its neighbours, and the cell that names its row is empty."""
    OTHER_TABLE = "other_table"
    """The line stands below the header of another table on the same sheet."""
    OTHER_STUDY = "other_study"
    """The line names another study than its file."""


@dataclass(frozen=True, slots=True)
class Conformed:
    """One sheet, conformed, and not yet stamped with its file's lineage."""

    receipt: SheetReceipt
    rows: Mapping[TableName, pa.Table]
    """Table -> rows with ``source_row`` and the columns of the contract; also rejections and remarks."""


def studies_named(identified: tuple[Identified, ...]) -> Counter[str]:
    """Studies that the data lines of a workbook name -> lines.

    A text that is no ``Study N`` counts where half of a sheet's lines say it, and fill more than a footer such as ``Total rows | 50`` does.
    """
    named: Counter[str] = Counter()
    for sheet in identified:
        if isinstance(sheet.fit, NoFit):
            continue
        place = sheet.fit.places().get("source_study")
        if place is None:
            continue
        texts = sheet.lines.columns[place]
        data = sheet.told.data & ~sheet.told.nameless & ~sheet.told.beyond
        places = texts.places[data]
        said = np.bincount(texts.places[data & (sheet.lines.width > FOOTER_CELLS)] + 1, minlength=len(texts.distinct) + 1)[1:]
        for number, lines in zip(*np.unique(places[places >= 0], return_counts=True), strict=True):
            value, _remark = conform_text(texts.distinct[int(number)], sheet.fit.sheet.column("source_study"))
            if isinstance(value, str) and (label(value) is not None or 2 * said[int(number)] >= np.count_nonzero(data)):
                named[value] += int(lines)
    return named


def conform(sheet: Identified, study: str | None, labels: Labels) -> Conformed:
    """The rows of one sheet; ``study`` is the study of its file, lines that name another one are rejected."""
    if isinstance(sheet.fit, NoFit):
        return Conformed(_quarantined(sheet, sheet.fit), {})
    fit, lines, lines_told = sheet.fit, sheet.lines, sheet.told
    data, unread = lines_told.data, lines_told.unread
    foreign = _foreign(lines, fit, data, study)
    accepted = np.flatnonzero(data & ~unread & ~foreign)
    rows, remarks = _rows(fit, lines, accepted, labels)
    tables: dict[TableName, pa.Table] = {}
    if len(accepted):
        tables[fit.sheet.table] = rows
    if remarks is not None:
        tables[REMARK] = remarks
    rejected = _rejections(fit, lines, lines_told, np.flatnonzero(foreign & ~unread))
    if rejected is not None:
        tables[REJECTION] = rejected
    totals = _total_cells(fit, lines, np.flatnonzero(lines_told.totals))
    if totals is not None:
        tables[TOTAL_CELL] = totals
    counts = as_of_counts(rows, fit.sheet.as_of) if fit.sheet.as_of is not None and len(accepted) and _has_both(fit) else {}
    set_aside, runs = classify(lines, fit, lines_told)
    receipt = SheetReceipt(
        number=sheet.sheet.number,
        name=scrub(sheet.sheet.name),
        visible=sheet.sheet.visible,
        outcome=SheetOutcome.ACCEPTED if fit.sheet.role is Role.FACTS else SheetOutcome.SUPPORTING,
        read=lines.count,
        kind=fit.kind.code,
        contract=fit.sheet.code,
        table=fit.sheet.table,
        header_first=fit.first + 1,
        header_last=fit.last + 1,
        headers=_headers(fit, lines),
        missing_columns=fit.missing,
        accepted=len(accepted),
        rejected=int(np.count_nonzero(unread | foreign)),
        set_aside=set_aside,
        runs=runs,
        scrubbed=0 if remarks is None else sum(remark == Remark.SCRUBBED for remark in remarks["remark"].to_pylist()),
        as_of=chosen(counts),
        as_of_counts=counts,
    )
    return Conformed(receipt, tables)


def _headers(fit: Fit, lines: Lines) -> tuple[Header, ...]:
    """The headers with what is said of them, without identifiers."""
    said = described(lines, fit)
    return tuple(
        replace(header, text=scrub(header.text), described=scrub(collapse(said[header.place])) if header.place in said else None)
        for header in fit.headers
    )


def _has_both(fit: Fit) -> bool:
    """Whether the sheet brings both columns that imply a day."""
    rule = fit.sheet.as_of
    return rule is not None and {rule.date, rule.days} <= fit.places().keys()


def _quarantined(sheet: Identified, why: NoFit) -> SheetReceipt:
    """The receipt of a sheet that fits no contract: every line is held, none is read into a table."""
    return SheetReceipt(
        number=sheet.sheet.number,
        name=scrub(sheet.sheet.name),
        visible=sheet.sheet.visible,
        outcome=SheetOutcome.QUARANTINED,
        read=sheet.lines.count,
        reason=why.reason,
        nearest=why.nearest,
        held=sheet.lines.count,
    )


def _foreign(lines: Lines, fit: Fit, data: Mask, study: str | None) -> Mask:
    """Data lines that name another study than their file's."""
    place = fit.places().get("source_study")
    if place is None or study is None:
        return np.zeros(lines.count, dtype=np.bool_)
    texts = lines.columns[place]
    column = fit.sheet.column("source_study")
    other = [conform_text(text, column)[0] not in (study, None) for text in texts.distinct]
    foreign: Mask = np.array([*other, False], dtype=np.bool_)[texts.places] & data
    return foreign


def _rows(fit: Fit, lines: Lines, accepted: Numbers, labels: Labels) -> tuple[pa.Table, pa.Table | None]:
    """Every mapped column conformed for the accepted lines, and the remarks made on the way."""
    fields: dict[str, pa.Array | pa.ChunkedArray] = {"source_row": pa.array(accepted + 1, pa.int32())}
    for name, value in fit.sheet.constants.items():
        fields[name] = _repeated(value, len(accepted))
    remarks: list[tuple[Numbers, str, str]] = []
    places = fit.places()
    kept = np.zeros(lines.count, dtype=np.bool_)
    kept[accepted] = True
    errors: dict[int, list[int]] = {}
    for line, place, _code in lines.errors:
        if kept[line]:
            errors.setdefault(place, []).append(line)
    for column in fit.sheet.columns:
        if column.not_stored or column.name not in places:
            continue
        place = places[column.name]
        if place in errors:
            remarks.append((np.array(errors[place], dtype=np.int64), column.name, Remark.ERROR_CELL))
        texts = lines.columns[place]
        remarks.extend(_column(fields, column, texts.distinct, texts.places[accepted], accepted, labels.get(column.name, {})))
    return pa.table(fields), _remark_table(fit, remarks)


def _column(
    fields: dict[str, pa.Array | pa.ChunkedArray],
    column: Column,
    distinct: tuple[str, ...],
    places: Numbers,
    accepted: Numbers,
    labels: Mapping[str, str],
) -> list[tuple[Numbers, str, str]]:
    """Conform the distinct texts of one column once, then carry the values to the lines. Adds the column's fields."""
    used = np.flatnonzero(np.bincount(places + 1, minlength=len(distinct) + 1)[1:])
    packed = np.full(len(distinct) + 1, -1, dtype=np.int32)
    packed[used] = np.arange(len(used), dtype=np.int32)
    where = packed[places]
    texts = [distinct[number] for number in used.tolist()]
    conformed = [conform_text(text, column) for text in texts]
    if column.holds in {Holds.SUBJECT, Holds.SITE} and not _labelled(texts):
        conformed = [pair if is_null(collapse(text)) else (collapse(text), None) for text, pair in zip(texts, conformed, strict=True)]
    if labels:
        conformed = [
            (labels[squeeze(text)], None) if squeeze(text) in labels else pair for text, pair in zip(texts, conformed, strict=True)
        ]
    values = [value for value, _note in conformed]
    notes = [note for _value, note in conformed]
    fields[column.name] = _taken(values, where, _ARROW.get(column.holds, pa.string()))
    if column.keeps_text:
        fields[f"{column.name}_text"] = _taken([_kept(text, column) for text in texts], where, pa.string())
    for derived in column.derived:
        fields[derived.name] = _taken([derived.of(value) if isinstance(value, str) else None for value in values], where, pa.string())
    found: list[tuple[Numbers, str, str]] = []
    for note in sorted({note for note in notes if note is not None}):
        marked = np.array([*(this is note for this in notes), False], dtype=np.bool_)
        found.append((accepted[marked[where]], column.name, note))
    return found


def _labelled(texts: list[str]) -> bool:
    """Whether most of these are labels such as ``Subject 7``; else the study names its subjects and sites in a way of its own, kept as it is."""
    own = sum(label(collapse(text)) is None and any(character.isdigit() for character in text) for text in texts)
    return 2 * own <= len(texts)


def _kept(text: str, column: Column) -> str:
    """The text that stands beside a value: dictionary versions and numeric ids identify nobody, anything else is scrubbed."""
    plain = collapse(text)
    exempt = column.holds is Holds.VERSION or (column.holds is Holds.IDENTIFIER and plain.isdigit())
    return plain if exempt else _scrubbed(text)


@lru_cache(maxsize=16_384)
def _scrubbed(text: str) -> str:
    """The collapsed text without identifier-like numbers."""
    return scrub(collapse(text))


def _taken(values: Sequence[Value], where: Numbers, kind: pa.DataType) -> pa.Array:
    """Values by position for each line; position -1 is an empty cell."""
    if pa.types.is_string(kind):
        if None in values:
            present = np.array([*(value is not None for value in values), False], dtype=np.bool_)
            absent = ~present[where]
        else:
            absent = where < 0
        indices = pa.array(where, pa.int32(), mask=absent) if absent.any() else pa.array(where, pa.int32())
        return pa.DictionaryArray.from_arrays(indices, pa.array([value or "" for value in values], pa.string()))
    return pa.array([*values, None], kind).take(pa.array(np.where(where < 0, np.int32(len(values)), where)))


def _repeated(value: str, lines: int) -> pa.DictionaryArray:
    """The same text for every line, stored once."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(lines, dtype=np.int32)), pa.array([value], pa.string()))


def _remark_table(fit: Fit, remarks: list[tuple[Numbers, str, str]]) -> pa.Table | None:
    """All remarks of a sheet as rows; ``None`` when there are none."""
    remarks = [entry for entry in remarks if len(entry[0])]
    if not remarks:
        return None
    sizes = [len(lines) for lines, _column_name, _remark in remarks]
    rows = np.concatenate([lines for lines, _column_name, _remark in remarks]) + 1
    return pa.table(
        {
            "source_row": pa.array(rows, pa.int32()),
            "target": _repeated(fit.sheet.table, len(rows)),
            "remark": pa.array(np.repeat([str(remark) for _lines, _column_name, remark in remarks], sizes).tolist(), pa.string()),
            "column_name": pa.array(np.repeat([name for _lines, name, _remark in remarks], sizes).tolist(), pa.string()),
        }
    )


def _total_cells(fit: Fit, lines: Lines, totals: Numbers) -> pa.Table | None:
    """What the total lines of a sheet say about its whole-number columns, to compare with the sums; never counted as data."""
    found: list[tuple[int, str, Value, str]] = []
    places = fit.places()
    for line in totals.tolist():
        for column in fit.sheet.columns:
            text = lines.columns[places[column.name]].at(line) if column.holds is Holds.INTEGER and column.name in places else None
            if text is not None:
                found.append((line + 1, column.name, conform_text(text, column)[0], scrub(collapse(text))))
    if not found:
        return None
    return pa.table(
        {
            "source_row": pa.array([row for row, _name, _value, _text in found], pa.int32()),
            "target": _repeated(fit.sheet.table, len(found)),
            "column_name": pa.array([name for _row, name, _value, _text in found], pa.string()),
            "value": pa.array([value for _row, _name, value, _text in found], pa.int64()),
            "value_text": pa.array([text for _row, _name, _value, text in found], pa.string()),
        }
    )


def _rejections(fit: Fit, lines: Lines, lines_told: Told, foreign: Numbers) -> pa.Table | None:
    """Rejected lines with their reason in words; ``None`` when there are none."""
    found: list[tuple[int, str, str, str]] = []
    codes = {(line, column): code for line, column, code in lines.errors}
    place = telling_place(fit)
    name = next(header.column for header in fit.headers if header.place == place and header.column is not None)
    beyond, broken, nameless = (np.flatnonzero(mask).tolist() for mask in (lines_told.beyond, lines_told.broken, lines_told.nameless))
    found.extend((line + 1, Reason.OTHER_TABLE, name, "it stands below the header of a second table") for line in beyond)
    found.extend((line + 1, Reason.KEY_IS_ERROR, name, f"the cell holds {codes[line, place]}") for line in broken)
    found.extend((line + 1, Reason.KEY_IS_EMPTY, name, f"{fit.sheet.column(name).title} is empty") for line in nameless)
    study_place = fit.places().get("source_study")
    for line in foreign.tolist():
        text = lines.columns[study_place].at(line) if study_place is not None else None
        found.append((line + 1, Reason.OTHER_STUDY, "source_study", f"the line names {scrub(collapse(text or ''))}"))
    if not found:
        return None
    return pa.table(
        {
            "source_row": pa.array([row for row, _reason, _name, _detail in found], pa.int32()),
            "target": _repeated(fit.sheet.table, len(found)),
            "reason": pa.array([reason for _row, reason, _name, _detail in found], pa.string()),
            "column_name": pa.array([name for _row, _reason, name, _detail in found], pa.string()),
            "detail": pa.array([detail for _row, _reason, _name, detail in found], pa.string()),
        }
    )
