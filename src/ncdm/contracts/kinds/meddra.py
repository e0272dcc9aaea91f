"""Global coding report, MedDRA (data-contracts 3.8)."""

from ncdm.contracts.coding import CODING_COLUMNS, CODING_INVARIANTS, CODING_KEY, CODING_SIGNATURE, report_name
from ncdm.contracts.contract import Kind, SheetContract
from ncdm.types import KindCode, TableName

MEDDRA = Kind(
    code=KindCode("meddra"),
    title="MedDRA coding",
    position=8,
    file_words=("meddra",),
    source_system="Coding",
    sheets=(
        SheetContract(
            code="meddra",
            title="MedDRA coding report",
            table=TableName("coding_term"),
            columns=(report_name("MedDRA Coding Report"), *CODING_COLUMNS),
            signature=CODING_SIGNATURE,
            data_column="subject_id",
            content={"dictionary": r"(?i)^med\s*dra"},
            sheet_words=("meddra",),
            key=CODING_KEY,
            invariants=CODING_INVARIANTS,
        ),
    ),
)
