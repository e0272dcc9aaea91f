"""What must be nothing for a subject to be clean, criterion by criterion, and which criteria a milestone asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ncdm.measures.counts.broken_signatures import BROKEN_SIGNATURES
from ncdm.measures.counts.deviations_proposed import DEVIATIONS_PROPOSED
from ncdm.measures.counts.edrr_issues import EDRR_ISSUES
from ncdm.measures.counts.missing_lab_names import MISSING_LAB_NAMES
from ncdm.measures.counts.missing_lab_ranges import MISSING_LAB_RANGES
from ncdm.measures.counts.missing_pages import MISSING_PAGES
from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.counts.never_signed import NEVER_SIGNED
from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.counts.open_sae_reviews_dm import OPEN_SAE_REVIEWS_DM
from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.counts.sdv_required import SDV_REQUIRED
from ncdm.measures.counts.uncoded_terms import UNCODED_TERMS
from ncdm.measures.measure import Count


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """One criterion as items that must all be gone."""

    code: str
    title: str
    counts: tuple[Count, ...]

    @property
    def contracts(self) -> tuple[str, ...]:
        """The sheets that its items come from."""
        return tuple(dict.fromkeys(contract for count in self.counts for contract in count.needs))


QUERY_GATE = "Q"
"""The criterion whose items are matched one by one between snapshots."""
GATES: Mapping[str, Gate] = MappingProxyType(
    {
        gate.code: gate
        for gate in (
            Gate("V", "Missing visits", (MISSING_VISITS,)),
            Gate("P", "Missing pages", (MISSING_PAGES,)),
            Gate(QUERY_GATE, "Outstanding queries", (OUTSTANDING_QUERIES,)),
            Gate("C", "Uncoded terms", (UNCODED_TERMS,)),
            Gate("R", "Open third-party issues", (EDRR_ISSUES,)),
            Gate("S", "Open SAE reviews", (OPEN_SAE_REVIEWS_DM, OPEN_SAE_REVIEWS_SAFETY)),
            Gate("E", "Pages to verify", (SDV_REQUIRED,)),
            Gate("SIG", "Signatures to give", (BROKEN_SIGNATURES, NEVER_SIGNED)),
            Gate("NC", "Non-conformant pages", (NONCONFORMANT_PAGES,)),
            Gate("LAB", "Lab issues", (MISSING_LAB_NAMES, MISSING_LAB_RANGES)),
            Gate("PD", "Proposed deviations", (DEVIATIONS_PROPOSED,)),
        )
    }
)
"""The eleven criteria of measures-and-statistics 2, by code."""

MILESTONES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ongoing_review": ("V", "P", QUERY_GATE, "C", "R", "S", "E"),
        "interim_analysis": ("V", "P", QUERY_GATE, "C", "R", "S", "NC", "LAB", "PD"),
        "database_lock": tuple(GATES),
    }
)
"""Milestone -> the criteria that it asks for; the product's own, a study may have others."""
