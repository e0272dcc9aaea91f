"""What the exports do not tell, so that no measure of it exists: what, why, and what would be needed (data-contracts section 6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NotComputable:
    """A number that a reader may look for and that is not there."""

    code: str
    title: str
    why: str
    """What the exports lack."""
    needed: str
    """What would have to be delivered for it to be computed."""
    source: str = "data-contracts 6"


_TWO = "Two snapshots of a study with different as-of dates."
_TWO_SOURCE = "data-contracts 6; measures-and-statistics 5"

NOT_COMPUTABLE: tuple[NotComputable, ...] = (
    NotComputable(
        code="query_closure_rate",
        title="Query closure rate from one snapshot",
        why="Closed queries are in no export: one snapshot holds only what is outstanding.",
        needed=f"{_TWO} Then: ncdm trend STUDY.",
        source=_TWO_SOURCE,
    ),
    NotComputable(
        code="query_velocity",
        title="Query velocity from one snapshot",
        why="How many queries are opened and closed a day cannot be seen at one moment.",
        needed=f"{_TWO} Then: ncdm trend STUDY.",
        source=_TWO_SOURCE,
    ),
    NotComputable(
        code="query_reopening_rate",
        title="Query re-opening rate",
        why="The export has neither a number for each query nor its history.",
        needed="The history of each query, with a number that stays its own.",
    ),
    NotComputable(
        code="backlog_trend",
        title="Backlog trend from one snapshot",
        why="One snapshot is one point, and a point has no slope.",
        needed=f"{_TWO} Then: ncdm trend STUDY.",
        source=_TWO_SOURCE,
    ),
    NotComputable(
        code="forecast",
        title="Forecast of when data are clean from one snapshot",
        why="Without arrivals and closures there is nothing to extrapolate.",
        needed=f"{_TWO} Then: ncdm forecast STUDY.",
        source=_TWO_SOURCE,
    ),
    NotComputable(
        code="coding_age",
        title="Age of uncoded terms, coding turnaround",
        why="The coding reports have no date.",
        needed="The day a term was entered and the day it was coded.",
    ),
    NotComputable(
        code="sae_review_turnaround",
        title="Turnaround of SAE reviews",
        why="The day of a review is in hardly any export, and empty where it is: there is a beginning and no end.",
        needed="The day each review was completed.",
    ),
    NotComputable(
        code="sae_severity",
        title="Severity, term and causality of serious adverse events, safety signals",
        why="The dashboard lists discrepancies between systems, not events: it has no term, severity, seriousness or causality.",
        needed="An export of adverse events with coded terms, severity and causality.",
    ),
    NotComputable(
        code="sae_case_match",
        title="Match of one case on the lists of data management and safety",
        why="The two lists share no number: a discrepancy number is unique only within a study and a tab.",
        needed="The case number on both lists.",
    ),
    NotComputable(
        code="adverse_event_rate",
        title="Incidence of adverse events and serious adverse events",
        why="No export has events or days on study.",
        needed="An export of adverse events, and the days of each subject on study.",
        source="measures-and-statistics 4.7",
    ),
    NotComputable(
        code="edrr_issue_age",
        title="Age of third-party issues, issues by vendor or type of data",
        why="The report has a number for each subject, and no date, vendor or type.",
        needed="One line an issue, with its day, vendor and type of data.",
    ),
    NotComputable(
        code="lab_issue_age",
        title="Age of laboratory issues",
        why="The date in the report is that of the sample: when the issue arose is not told.",
        needed="The day each issue was raised.",
    ),
    NotComputable(
        code="lab_issue_share",
        title="Laboratory issues as a share of results",
        why="The report lists issues only, without the number of results.",
        needed="The number of laboratory results of each subject.",
        source="measures-and-statistics 4.7",
    ),
    NotComputable(
        code="cra_performance",
        title="Performance of a CRA",
        why="No export names a CRA, and user ids are never stored.",
        needed="Which CRA monitors which site, if the sponsor decides to deliver it.",
    ),
    NotComputable(
        code="visit_window_compliance",
        title="Compliance with visit windows",
        why="Planned days and windows are in no export; the tracker lists only visits that did not happen.",
        needed="The visit schedule with its windows, and the day each subject began.",
    ),
    NotComputable(
        code="entry_lag",
        title="Days from visit to data entry",
        why="The day on which a page was entered is in the export only for pages that await a signature.",
        needed="The day of entry of every page.",
        source="measures-and-statistics 4.7",
    ),
    NotComputable(
        code="enrolment_against_target",
        title="Enrolment against target",
        why="There are counts by status and first visits, and no target.",
        needed="The planned number of subjects by site and month.",
    ),
    NotComputable(
        code="arm_and_demographics",
        title="Treatment arm, age, sex, race",
        why="No export has them.",
        needed="The demographics and randomisation data sets.",
    ),
    NotComputable(
        code="efficacy_and_lab_values",
        title="Efficacy, laboratory values",
        why="No export has values of measurements, only which of them have an issue.",
        needed="The clinical data sets.",
    ),
    NotComputable(
        code="clinical_text",
        title="Search in clinical text: verbatim terms, query text, narratives",
        why="No export has any: forms are numbers, terms and texts are removed.",
        needed="The texts, and the consent to hold them.",
    ),
    NotComputable(
        code="inactivation_trend",
        title="When pages were inactivated, and by whom",
        why="The report has neither a date nor a user.",
        needed="The audit trail of each inactivation.",
        source="data-contracts 3.5; measures-and-statistics 5",
    ),
    NotComputable(
        code="deviation_importance",
        title="Important deviations",
        why="A deviation is confirmed or proposed; its importance and class are in no export.",
        needed="The deviation log with the class of each.",
        source="data-contracts 3.1",
    ),
)
"""Every question of the trade that these exports cannot answer; a test holds it apart from the measures."""
