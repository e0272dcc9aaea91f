"""What a file's name tells: its kind as a fall-back, and how it may be shown."""

import datetime as dt

import pytest

from ncdm.ingest.file_kind import kind_by_name
from ncdm.ingest.file_name import day_named, masked


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Study 7_CPID_EDC_Metrics_URSV2.0_updated.xlsx", "cpid"),
        ("CPID_EDC Metrics (3)_updated.xlsx", "cpid"),
        ("Visit Projection Tracker.xls_updated.xlsx", "visit_tracker"),
        ("Study_8_Visit_Projection_Tracker_14NOV2025_updated.xlsx", "visit_tracker"),
        ("Missing_Lab_Name_and_Missing_Ranges.xls_updated.xlsx", "labs"),
        ("Missing LNR_updated.xlsx", "labs"),
        ("eSAE dashboard_DM_Safety_updated.xlsx", "sae"),
        ("SAE_Dashboard (1) 3_updated.xlsx", "sae"),
        ("Inactivated Forms, Folders and Records Report_updated.xlsx", "inactivated"),
        ("Inactive forms.xlsx", "inactivated"),
        ("Global_Missing_Pages_Report_URSV3.0 (17)_updated.xlsx", "missing_pages"),
        ("Compiled_EDRR_updated.xlsx", "edrr"),
        ("Compiled EDRR.xlsx", "edrr"),
        ("GlobalCodingReport_MedDRA_updated.xlsx", "meddra"),
        ("GlobalCodingReport_WHODD_updated.xlsx", "whodrug"),
        ("WHODrug coding.xlsx", "whodrug"),
        ("Vist Projection.xlsx", "visit_tracker"),
        ("Inactvated Forms.xlsx", "inactivated"),
        ("MedRA coding.xlsx", "meddra"),
        ("CPIID metrics.xlsx", "cpid"),
        ("STUDY 7_CPID_Input Files/Compiled_EDRR.xlsx", "edrr"),
        ("STUDY 7_CPID_Input Files/notes.xlsx", None),
        ("budget.xlsx", None),
        ("", None),
    ],
)
def test_kind_by_name(name: str, kind: str | None) -> None:
    assert kind_by_name(name) == kind


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "Visit_Projection_Tracker_30OCT2025_USERID01.xls (2)_updated.xlsx",
            "Visit_Projection_Tracker_30OCT2025_[id].xls (2)_updated.xlsx",
        ),
        ("tracker userid.xlsx", "tracker [id].xlsx"),
        ("SMITHJO1_pages.xlsx", "[id]_pages.xlsx"),
        ("pages 1234567.xlsx", "pages [id].xlsx"),
        ("pages_1234567_0001.xlsx", "pages_[id]_0001.xlsx"),
        ("pages-123456.xlsx", "pages-[id].xlsx"),
        ("x1234567.xlsx", "x[id].xlsx"),
        ("pages_123456789.xlsx", "pages_[id].xlsx"),
        ("pages_99999999.xlsx", "pages_[id].xlsx"),
        ("EDRR_20251114.xlsx", "EDRR_20251114.xlsx"),
        ("EDRR_14112025.xlsx", "EDRR_14112025.xlsx"),
        ("EDRR_14NOV2025.xlsx", "EDRR_14NOV2025.xlsx"),
        ("Study 16_Compiled_EDRR_updated.xlsx", "Study 16_Compiled_EDRR_updated.xlsx"),
        ("GlobalCodingReport_MedDRA (43).xlsx", "GlobalCodingReport_MedDRA (43).xlsx"),
        ("CPID_EDC_Metrics_URSV2.0.xlsx", "CPID_EDC_Metrics_URSV2.0.xlsx"),
        ("WHODD.xlsx", "WHODD.xlsx"),
    ],
)
def test_names_are_shown_without_user_ids_and_long_numbers(name: str, shown: str) -> None:
    assert masked(name) == shown
    assert masked(shown) == shown


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Study 7_Missing_Pages_Report_13Nov2025_updated.xlsx", dt.date(2025, 11, 13)),
        ("Visit tracker 31 SEP 2025, 14 NOV 2025.xlsx", dt.date(2025, 11, 14)),
        ("Visit tracker 31 SEP 2025.xlsx", None),
        ("Visit tracker.xlsx", None),
    ],
)
def test_a_name_may_carry_a_day_and_only_one_there_is(name: str, day: dt.date | None) -> None:
    assert day_named(name) == day
