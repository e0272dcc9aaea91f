"""Compiled EDRR: open third-party reconciliation issues per subject (data-contracts 3.7)."""

from ncdm.contracts.columns import STUDY_COLUMN, SUBJECT_COLUMN, count
from ncdm.contracts.contract import Kind, SheetContract
from ncdm.types import KindCode, TableName

EDRR = Kind(
    code=KindCode("edrr"),
    title="EDRR open issues",
    position=7,
    file_words=("edrr",),
    source_system="External data reconciliation",
    sheets=(
        SheetContract(
            code="edrr",
            title="Open third-party reconciliation issues",
            table=TableName("thirdparty_issue"),
            columns=(
                STUDY_COLUMN,
                SUBJECT_COLUMN,
                count(
                    "thirdparty_open_issues_n",
                    "Open third-party issues",
                    "Total Open issue Count per subject",
                    "Total Open issue Count",
                    "Open issue Count",
                    *("Total Open issues", "Total Open issues per subject", "Open issues", "Open issues per subject"),
                    *("Open issue Count per subject", "Total issue Count", "Issue Count", "Total issues Open"),
                    unit="issues",
                ),
            ),
            signature=("subject_id", "thirdparty_open_issues_n"),
            data_column="subject_id",
            sheet_words=("openissues", "edrr"),
            key=("subject_id",),
        ),
    ),
)
