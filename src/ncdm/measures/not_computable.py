"""What people ask for and these exports cannot say: each with the reason, and what would have to be delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class NotComputable:
    """One figure that is not computed. Source of all: data-contracts, section 6."""

    code: str
    title: str
    why: str
    needs: str


_EVERY = (
    NotComputable(
        "query_closure",
        "Query closure, velocity and re-opening from one snapshot",
        "An export lists the queries that are outstanding; closed ones are in none.",
        "Two snapshots with different as-of dates: ncdm trend. Re-opening: a query id in the export.",
    ),
    NotComputable(
        "coding_age", "How long a term waits for coding", "The coding reports carry no date.", "The date on which the term was entered."
    ),
    NotComputable(
        "sae_turnaround",
        "SAE review turnaround",
        "The date on which a review was completed is empty in every export seen.",
        "The review date of completed reviews.",
    ),
    NotComputable(
        "sae_clinical",
        "Severity, term, causality and signals of adverse events",
        "The dashboard lists discrepancies, not events.",
        "The safety database, or SDTM AE.",
    ),
    NotComputable(
        "sae_match",
        "The same case in the lists of data management and of safety",
        "The two lists share no number.",
        "One case number in both lists.",
    ),
    NotComputable(
        "edrr_age",
        "Age and vendor of third-party issues",
        "The EDRR is one count a subject.",
        "One line an issue, with its date and vendor.",
    ),
    NotComputable("cra_performance", "Performance of a CRA", "No export names a CRA.", "Who monitors which site, since when."),
    NotComputable(
        "window_compliance",
        "Compliance with visit windows",
        "The allowed windows are in no export.",
        "The schedule of the protocol with its windows.",
    ),
    NotComputable(
        "enrolment",
        "Enrolment against its target",
        "No export has a target; only statuses are counted.",
        "Planned enrolment by site and month.",
    ),
    NotComputable(
        "clinical_values",
        "Arm, demographics, efficacy and laboratory values",
        "The operational exports carry none.",
        "SDTM datasets of the study.",
    ),
    NotComputable(
        "clinical_text",
        "Search in clinical text",
        "No verbatim, query text or narrative is in the exports.",
        "The texts themselves, scrubbed of identifiers.",
    ),
    NotComputable(
        "entry_lag",
        "Days between a visit and the entry of its pages",
        "No export has the day of entry of a page.",
        "The entry timestamp of each page.",
    ),
)
NOT_COMPUTABLE: Mapping[str, NotComputable] = MappingProxyType({one.code: one for one in _EVERY})
"""Code -> what cannot be computed."""
