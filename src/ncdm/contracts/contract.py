"""What a report kind promises: its sheets, their headers, columns, keys and invariants, as frozen declarations.

A contract is data, and each declaration exists once: they are compared by identity. `ingest` reads sheets by it, `store`
makes tables from it, `serve` shows it.
Source: data-contracts.md, sections 2 and 3.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ncdm.types import KindCode, Severity, TableName


class Holds(StrEnum):
    """What a column's cells hold; decides how text becomes a value and which type the table stores."""

    TEXT = "text"
    VERSION = "version"
    """A version label such as 202509: digits that identify nobody."""
    CATEGORY = "category"
    INTEGER = "integer"
    DATE = "date"
    TIMESTAMP = "timestamp"
    STUDY = "study"
    SITE = "site"
    SUBJECT = "subject"
    COUNTRY = "country"
    FORM = "form"
    FOLDER = "folder"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Derived:
    """A further column computed from the text of one cell, such as the object of an audit action."""

    name: str
    title: str
    of: Callable[[str], str | None]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column a sheet may carry: the canonical name, and the spellings seen or to be expected."""

    name: str
    holds: Holds
    synonyms: tuple[str, ...]
    title: str
    unit: str = ""
    cdisc: str = ""
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Canonical value -> its spellings. Empty: any value is accepted as it is."""
    labels_vocabulary: bool = False
    """The anonymiser may have replaced the values by ``Form N``; see `ingest.anonymised`."""
    keeps_text: bool = False
    """Store the cell's text beside the value, as ``<name>_text``."""
    not_stored: bool = False
    """Recognised so that it is reported as such, and never kept (user ids)."""
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class AsOf:
    """Each row implies one as-of date: ``date + days`` (data-contracts section 1, fact 5)."""

    date: str
    days: str


@dataclass(frozen=True, slots=True)
class Invariant:
    """A promise about one row, as a SQL condition that holds when it is kept. Rows that break it are findings."""

    code: str
    title: str
    severity: Severity
    holds: str


class Role(StrEnum):
    """Whether a sheet brings facts, or repeats and describes what other sheets bring."""

    FACTS = "facts"
    SUPPORTING = "supporting"


class Tab(StrEnum):
    """How many sheets of one workbook may bring the same contract."""

    ONE = "one"
    MANY = "many"


@dataclass(frozen=True, slots=True, eq=False)
class SheetContract:
    """One kind of sheet: how it is recognised, where its header and data are, what each column means."""

    code: str
    title: str
    table: TableName
    columns: tuple[Column, ...]
    signature: tuple[str, ...]
    """Columns that together say: it is this sheet. All must be found."""
    data_column: str
    """A line is data when this cell is not empty."""
    data_starts_with: str = ""
    """Pattern that the data column must match, for sheets whose total line fills it too."""
    header_rows: int = 1
    """Merged header rows; the lowest non-empty text names the column."""
    rows_below_header: int = 0
    """Rows between header and data that describe the columns, such as the responsible function."""
    sheet_words: tuple[str, ...] = ()
    """Words of the sheet's name, most telling first; they only decide between contracts that fit equally."""
    content: Mapping[str, str] = field(default_factory=dict)
    """Column -> pattern that its values match; decides between contracts with the same header."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Columns that are the same for every line of such a sheet, such as the SAE tab."""
    closed: bool = False
    """Fits only when the sheet brings no unknown column or its name matches: for headers that others contain."""
    role: Role = Role.FACTS
    tab: Tab = Tab.ONE
    key: tuple[str, ...] = ()
    """Natural key, to match rows of two snapshots. Never used to drop rows."""
    as_of: AsOf | None = None
    invariants: tuple[Invariant, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; ``KeyError`` when the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True, eq=False)
class Headline:
    """A figure of a report kind that is no plain sum: a query that gives (study_id, value)."""

    name: str
    title: str
    unit: str
    sql: str


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A report kind: a file that one of the source systems exports."""

    code: KindCode
    title: str
    position: int
    """Order on pages and in outputs."""
    file_words: tuple[str, ...]
    """Words of the file's name; a fall-back only."""
    sheets: tuple[SheetContract, ...]
    source_system: str = ""
    headlines: tuple[Headline, ...] = ()
