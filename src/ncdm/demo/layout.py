"""How one study's delivery looks: its file names, its header spellings, its sizes, and the oddities it always carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The nine report kinds, by the code that the mesh uses."""

    CPID = "cpid"
    TRACKER = "visit_tracker"
    LABS = "labs"
    SAE = "sae"
    INACTIVATED = "inactivated"
    PAGES = "missing_pages"
    EDRR = "edrr"
    MEDDRA = "meddra"
    WHODRUG = "whodrug"


class Part(StrEnum):
    """What may be empty in a delivery although its file is there."""

    TRACKER = "tracker"
    LABS = "labs"
    SAE_DM = "sae_dm"
    SAE_SAFETY = "sae_safety"
    EDRR = "edrr"
    MEDDRA = "meddra"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Lags:
    """Days between the delivery's date and the as-of date of each dated report (never positive)."""

    cpid: int = 0
    tracker: int = 0
    pages_tab1: int = 0
    pages_tab2: int = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """Rows per subject, measured on real deliveries."""

    pages_per_visit: float = 3.0
    log_pages: float = 4.0
    sdv: float = 0.6
    """Share of entered pages under source data verification."""
    verified: float = 0.85
    unsigned: float = 0.08
    broken: float = 0.02
    queries: float = 0.5
    open_share: float = 0.5
    nonconformant: float = 0.002
    deviations: float = 0.2
    frozen: float = 0.0
    locked: float = 0.0
    unfrozen: float = 0.0
    missing_visits: float = 0.1
    labs: float = 0.3
    sae_dm: float = 0.05
    sae_safety: float = 0.2
    inactivated: float = 1.0
    missing_pages: float = 1.0
    edrr: float = 0.05
    meddra: float = 6.0
    whodrug: float = 7.0
    uncoded: float = 0.004


@dataclass(frozen=True, slots=True)
class CpidLook:
    """Spellings of the CPID workbook."""

    query_form: str | None = "Form"
    site_form: str | None = "Form"
    cra_form: str | None = "Form"
    site_folder: bool = True
    cra_field: bool = False
    deviation_form: tuple[str, ...] = ("Data Page Name",)
    audit_user: bool = False
    unlocked_first: bool = False
    page_label: str = "Form {}"
    corrupt_totals: tuple[int, ...] = ()
    """Zero-based columns whose total the anonymiser turned into a label."""
    seven_day_bands: bool = False
    empty_rows_after_total: int = 1


@dataclass(frozen=True, slots=True)
class TrackerLook:
    """Spellings of the visit projection tracker."""

    headers: tuple[str, ...] = ("Country", "Site", "Subject", "Visit", "Projected Date", "# Days Outstanding")
    banner: bool = False
    dates: str | None = None
    """Number format of a date cell; text dates when absent."""
    joined_names: bool = True
    full_countries: bool = False
    debris_row: int = 0
    """Line on which the rest of a formula stands."""
    empty_rows: int = 0


@dataclass(frozen=True, slots=True)
class LabsLook:
    """Spellings of the missing lab names and ranges."""

    study: bool = False
    form: bool = True
    category: bool = True
    comments: bool = True
    sheet: str = "Missing_Lab_Name_and_Missing"
    spaced_form: bool = False
    stub_row: bool = False
    blank_dates: int = 0
    empty_rows: int = 0


@dataclass(frozen=True, slots=True)
class SaeLook:
    """Spellings of the SAE dashboard."""

    form: bool = True
    review_date: bool = False
    comments: bool = False
    safety_first: bool = False
    dm_open: Mapping[str, float] = field(default_factory=lambda: {"Pending for Review": 1.0})
    dm_open_share: float = 0.3
    safety_open_share: float = 0.1
    dm_actions: bool = False
    safety_actions: bool = False
    dates: str = r"dd\-mmm\-yyyy\ hh:mm:ss"
    corrupt_dm: int = 0
    corrupt_safety: int = 0
    corrupt_word: str = "Site"
    dash_patients: int = 0
    empty_dm: int = 0
    empty_safety: int = 0


@dataclass(frozen=True, slots=True)
class InactivatedLook:
    """Spellings of the inactivated forms, folders and records."""

    site: bool = True
    form: str = "Form"
    position: str = "RecordPosition"
    records: bool = True
    label: str = "Form {}"
    event: str | None = None
    """Folder of an event whose name embeds an identifier."""
    footer: int = 0
    """Lines of the footer: none, one, or six with error cells."""
    hidden_column: bool = False
    empty_rows: int = 0
    empty_columns: int = 0


@dataclass(frozen=True, slots=True)
class PagesLook:
    """Spellings of one tab of missing pages."""

    title: str
    headers: tuple[str, ...]
    """Header of each column, in order; the meaning comes from ``missing_pages.MEANING``."""
    levels: tuple[str, str] = ("Visit Level", "Summary Page")
    label: str = "Form {}"
    upper_status: bool = False
    dated_summaries: bool = False
    days_as_text: bool = False
    error_days: int = 0
    says_missing: bool = True
    """Whether an undated visit says so, or leaves the cell empty."""
    full_countries: bool = False
    no_country: bool = False
    empty_rows: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to deliver a study, after one real delivery."""

    name: str
    folder: str
    files: Mapping[Kind, str]
    size: float
    """Subjects, relative to the median study."""
    per_site: float
    schedule: str
    statuses: Mapping[str | None, float]
    longest: int = 620
    """Days since the first subject that is still on trial started."""
    coding_sheets: tuple[str, str] = ("GlobalCodingReport_MedDRA", "GlobalCodingReport_WHODD")
    lags: Lags = Lags()
    rates: Rates = Rates()
    cpid: CpidLook = CpidLook()
    tracker: TrackerLook = TrackerLook()
    labs: LabsLook = LabsLook()
    sae: SaeLook = SaeLook()
    inactivated: InactivatedLook = InactivatedLook()
    pages: tuple[PagesLook, ...] = ()
    empty: frozenset[Part] = frozenset()
    few: frozenset[Part] = frozenset()
    """Parts that hold one to five rows, whatever the size."""
    overlap: bool = False
    """Whether neither tab of missing pages contains the other."""
    pseudo_subjects: tuple[str, ...] = ()
    versions: tuple[float, int] = (28.1, 202509)
    odd_versions: tuple[float | None, int | None] = (None, None)
    uncoded_only: bool = False
    full_countries: bool = False
    no_region_site: bool = False
    two_sites: int = 0
    """Subjects that two sites claim."""
    impossible_dates: bool = False
    missing_labels: bool = False
    """Whether some form labels are error cells."""
    off_by_one: tuple[str, ...] = ()
    """Columns of the subject sheet that differ slightly from the detail sheet."""
    other_owners: tuple[str, ...] = ()
    pile_at_45: float = 0.0
    verified_only: int = 0
    """When positive, source data verification is used on this many pages only."""
    dated_missing_visits: int = 0
    hidden_freezes: bool = False
    """Whether the list of frozen pages is incomplete."""

    @property
    def has_cpid(self) -> bool:
        """Whether the delivery has a CPID workbook at all."""
        return Kind.CPID in self.files
