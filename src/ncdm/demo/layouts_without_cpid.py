"""Deliveries without a CPID workbook: their subjects are known by exceptions only."""

from ncdm.demo.layout import InactivatedLook, Kind, LabsLook, Lags, Layout, PagesLook, Part, Rates, SaeLook, TrackerLook
from ncdm.demo.layout_headers import ALL_TAB, LOUD_FOLDER, MODERN, OLD, OLD_STATUS, PLAIN_FOLDER, VISIT_TAB, renamed

VAST = Layout(
    name="a vast study known by its exceptions only",
    folder=LOUD_FOLDER,
    files={
        Kind.TRACKER: "Study {n}_Visit_Projection_Tracker_1_<-15 DDMONYYYY>_USERID01.xls (2)_updated.xlsx",
        Kind.LABS: "Missing LNR_Standard Metrics Input File template V1.0_updated.xlsx (1) 3_updated.xlsx",
        Kind.SAE: "SAE Dashboard_Standard Metrics Input file template V1.0_updated.xlsx (1) (2)_updated.xlsx",
        Kind.INACTIVATED: "Inactivated report_updated.xlsx",
        Kind.PAGES: "Study {n}_Missing_Pages_Report_<-8 DDMonYYYY>_updated.xlsx",
        Kind.EDRR: "Compiled_EDRR_<-2 YYYY_Mon_DD>_12_17_01_updated.xlsx",
    },
    size=7.5,
    per_site=4.6,
    schedule="long",
    statuses={"On Trial": 80, "Discontinued": 20},
    lags=Lags(-8, -8, -9, -9),
    rates=Rates(missing_visits=0.07, sae_dm=1.03, sae_safety=1.05, inactivated=0.024, missing_pages=0.06, edrr=0.02, labs=0),
    tracker=TrackerLook(
        headers=("Country", "Site", "Subject", "Visit", "Actual Date", "# Days Outstanding"),
        dates=r"dd\-mmm\-yyyy",
        joined_names=False,
        full_countries=True,
    ),
    labs=LabsLook(empty_rows=4716),
    sae=SaeLook(
        dm_open={"Pending for Review": 0.98, "Review in Progress": 0.02},
        dm_open_share=0.999,
        safety_open_share=0.115,
        corrupt_dm=10,
        empty_safety=102,
    ),
    inactivated=InactivatedLook(site=False, empty_rows=1),
    pages=(
        PagesLook(ALL_TAB, MODERN, no_country=True, empty_rows=0),
        PagesLook(VISIT_TAB, renamed(OLD, "Subject Status", OLD_STATUS), full_countries=True, empty_rows=0),
    ),
    empty=frozenset({Part.LABS}),
    full_countries=True,
    two_sites=2,
)

TREATED = Layout(
    name="a mature study without CPID and with a broken tracker",
    folder=PLAIN_FOLDER,
    files={
        Kind.TRACKER: "Study {n}_Visit Projection Tracker_<-4 DDMONYYYY>_updated.xlsx",
        Kind.LABS: "Study {n}_Missing_Lab_Name_and_Missing_Ranges_IDR_<0 DDMONYYYY>_updated.xlsx",
        Kind.SAE: "eSAE Dashboard DM_Safety_<-37 DDMonYYYY>_updated.xlsx",
        Kind.INACTIVATED: "Inactivated report for metrics_<-25 DDMon YYYY>_updated.xlsx",
        Kind.PAGES: "Study {n}_Missing_page_report_<-1 DDMonYYYY>_updated.xlsx",
        Kind.EDRR: "Study {n}_Compiled_EDRR_<0 YYYY_Mon_DD>_13_32_27_updated.xlsx",
        Kind.MEDDRA: "GlobalCodingReport_MedDRA_updated.xlsx",
        Kind.WHODRUG: "GlobalCodingReport_WHODD_updated.xlsx",
    },
    size=2.0,
    per_site=8.4,
    schedule="weeks",
    statuses={"On Trial": 60, "Discontinued": 40},
    lags=Lags(0, 0, 0, -1),
    rates=Rates(
        missing_visits=0.001,
        labs=0.01,
        sae_safety=8.0,
        inactivated=0.03,
        missing_pages=0.72,
        edrr=0.07,
        meddra=22.7,
        whodrug=19.8,
        uncoded=0.0002,
    ),
    tracker=TrackerLook(dates="d-mmm-yy", joined_names=False, debris_row=1495),
    sae=SaeLook(
        review_date=True, safety_first=True, safety_open_share=0.012, safety_actions=True, corrupt_safety=8, dash_patients=6, empty_dm=3
    ),
    inactivated=InactivatedLook(form="Form ", position="RecordPostion", records=False),
    pages=(
        PagesLook(ALL_TAB, MODERN, dated_summaries=True, empty_rows=4),
        PagesLook(
            VISIT_TAB,
            (
                "Form Details",
                "Study Name",
                "Country",
                "Site Number",
                "Subject",
                "Visit Name ",
                "Visit date",
                "Subject status",
                "# of Days Missing",
            ),
            upper_status=True,
            error_days=2,
            says_missing=False,
        ),
    ),
    empty=frozenset({Part.SAE_DM}),
    few=frozenset({Part.TRACKER, Part.LABS}),
    overlap=True,
    odd_versions=(28, None),
)
