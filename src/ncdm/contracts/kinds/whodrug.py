"""Global coding report, WHODrug (data-contracts 3.9)."""

from ncdm.contracts.coding import CODING_COLUMNS, CODING_INVARIANTS, CODING_KEY, CODING_SIGNATURE, report_name
from ncdm.contracts.contract import Kind, SheetContract
from ncdm.types import KindCode, TableName

WHODRUG = Kind(
    code=KindCode("whodrug"),
    title="WHODrug coding",
    position=9,
    file_words=("whodrug", "whodd", "who"),
    source_system="Coding",
    sheets=(
        SheetContract(
            code="whodrug",
            title="WHODrug coding report",
            table=TableName("coding_term"),
            columns=(report_name("WHODrug Coding Report", "WHODD Coding Report", "WHO Drug Coding Report"), *CODING_COLUMNS),
            signature=CODING_SIGNATURE,
            data_column="subject_id",
            content={"dictionary": r"(?i)^who"},
            sheet_words=("whodrug", "whodd", "who"),
            key=CODING_KEY,
            invariants=CODING_INVARIANTS,
        ),
    ),
)
